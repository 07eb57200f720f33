import type { StandIn } from './stand-in/stand-in.ts';

/** What an operator sets to bring the bot onto that platform; the way of receiving is another matter. */
export const larkVariables = (standIn: StandIn) => ({
  PUBLIC_URL: 'https://ledger.example.cn',
  LARK_APP_ID: standIn.appId,
  LARK_APP_SECRET: standIn.appSecret,
  LARK_BASE_URL: standIn.address,
  LARK_ENCRYPT_KEY: standIn.encryptKey,
  LARK_VERIFICATION_TOKEN: standIn.verificationToken,
});
