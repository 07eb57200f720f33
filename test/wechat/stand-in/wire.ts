/** What passes between the stand-in of WeChat and the puppet in the service's child process: one JSON object a line. */

export interface StandInContact {
  id: string;
  name: string;
  remark?: string;
}

export interface StandInRoom {
  id: string;
  topic: string;
  members: string[];
}

export type ToPuppet =
  | { do: 'scan'; code: string }
  | { do: 'login'; self: StandInContact; contacts: StandInContact[]; rooms: StandInRoom[] }
  | { do: 'logout' }
  /** These are the contacts now, with these remarks, and the puppet says that it has them all. */
  | { do: 'contacts'; contacts: StandInContact[] }
  | { do: 'text'; id: string; from: string; room?: string; text: string }
  | { do: 'file'; id: string; from: string; name: string; base64: string }
  | { do: 'location'; id: string; from: string }
  | { do: 'friend-request'; id: string; from: StandInContact; hello: string }
  | { do: 'remember'; name: string; value: unknown }
  /** How it behaves from now on when it is to send something. */
  | { do: 'sending'; how: 'well' | 'throw' | 'hang' }
  /** Something goes wrong inside the child. */
  | { do: 'throw' | 'reject' | 'hang' | 'exit' | 'storm' | 'flood' | 'babble' }
  /** What can be reached from inside the child. @see FromPuppet `probed` */
  | { do: 'probe'; files: string[] };

export type FromPuppet =
  | { said: 'hello'; pid: number; remembers: Record<string, unknown>; variables: string[] }
  | { said: 'text'; to: string; text: string }
  | { said: 'file'; to: string; name: string; base64: string }
  | { said: 'befriended'; id: string }
  | { said: 'remark'; contact: string; remark: string }
  | { said: 'probed'; found: Record<string, string> };
