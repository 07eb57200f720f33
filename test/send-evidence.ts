import type { ChatMessage } from '../bot/local/chat-client.ts';
import { type Bureau, lastFromBot } from './harness.ts';
import { evidenceFile } from './ledger/rectification/give-evidence.ts';

/** Sends a file of evidence for the item in the chat, from the word that opens it to the one that ends it. @returns what he is answered then */
export async function sendEvidence(bureau: Bureau, name: string, ref: string): Promise<ChatMessage> {
  await bureau.say(name, `补充佐证 ${ref}`);
  await bureau.sendFile(name, evidenceFile());
  return lastFromBot(await bureau.say(name, '完成'));
}
