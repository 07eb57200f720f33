/** What a chat platform's directory says of a bureau, in nobody's terms. What is absent is not known: it stays as it was. */
export interface DirectorySnapshot {
  platform: string;
  /** It names everybody who works here: whoever is missing has left. */
  isComplete: boolean;
  departments: readonly SnapshotDepartment[];
  people: readonly SnapshotPerson[];
}

export interface SnapshotDepartment {
  externalId: string;
  name: string;
  /** The department above; absent, or one that the snapshot does not name: it stands at the top. */
  parentId?: string;
  /** The person who heads it; '': nobody does. */
  headId?: string;
}

export interface SnapshotPerson {
  externalId: string;
  staffNumber?: string;
  name?: string;
  /** `ROOT`: the bureau itself. */
  departmentId?: string;
  post?: string;
  hasLeft: boolean;
}

/** What stands above all departments. */
export const ROOT = '0';
