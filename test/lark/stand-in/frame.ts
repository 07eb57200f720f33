import protobuf from 'protobufjs';

/** A frame of the long connection. The numbers that both sides only pass on are kept small. */
export interface Frame {
  SeqID: number;
  LogID: number;
  service: number;
  /** 0: control, 1: data. */
  method: number;
  headers: { key: string; value: string }[];
  payload?: Uint8Array;
}

const { root } = protobuf.parse(
  `
  syntax = "proto2";
  package pbbp2;
  message Header {
    required string key = 1;
    required string value = 2;
  }
  message Frame {
    required uint32 SeqID = 1;
    required uint32 LogID = 2;
    required int32 service = 3;
    required int32 method = 4;
    repeated Header headers = 5;
    optional string payload_encoding = 6;
    optional string payload_type = 7;
    optional bytes payload = 8;
    optional string LogIDNew = 9;
  }
`,
  { keepCase: true },
);
const type = root.lookupType('pbbp2.Frame');

export const encodeFrame = (frame: Frame): Uint8Array => type.encode(frame).finish();

/** @throws when the bytes are no frame */
export const decodeFrame = (bytes: Uint8Array): Frame =>
  type.toObject(type.decode(bytes), { arrays: true }) as Frame;

export const headerOf = ({ headers }: Frame, key: string): string | undefined =>
  headers.find((header) => header.key === key)?.value;
