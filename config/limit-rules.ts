import * as z from 'zod';

/** How much one person, one address and all together may ask at once, so that nobody takes the service from the others. */
export const limitRules = z
  .strictObject({
    /** Messages, presses and forms within a minute from one account; beyond it nothing is recorded until the minute is over. */
    messagesPerMinute: z.int().min(1).max(1_000_000).default(60),
    /** What one person asks of the pages within a minute, from whatever addresses: pages, presses and forms. */
    pagesPerMinute: z.int().min(1).max(1_000_000).default(240),
    messagesSource: z.string().default('本项目建议：整天办件的人也只是每两秒按一次；再快的多半不是人在操作'),
    /** Requests a second from one address, reckoned over ten seconds, so that a page with all that belongs to it comes at once. */
    requestsPerSecond: z.int().min(1).max(100_000).default(50),
    /** Pushes a second from one address that a platform signed. */
    pushesPerSecond: z.int().min(1).max(1_000_000).default(2_000),
    /** Connections that are open, and those of one address. */
    connections: z.int().min(1).max(100_000).default(4_000),
    connectionsPerAddress: z.int().min(1).max(100_000).default(250),
    requestsSource: z.string().default('本项目建议：一个单位常共用一个出口地址，全员同时打开页面也够用'),
    /** Messages that wait in memory to be stored, and presses that are being carried out. */
    waiting: z.int().min(1).max(1_000_000).default(2_000),
    /** Megabytes of requests that are being read in, and those of one address. */
    readingMegabytes: z.int().min(1).max(10_000).default(256),
    readingMegabytesPerAddress: z.int().min(1).max(10_000).default(64),
    /** Files that are being fetched from a platform or wait for it, and those of one person. */
    files: z.int().min(1).max(10_000).default(200),
    filesPerPerson: z.int().min(1).max(1_000).default(10),
    /** Tables and papers that are being made for pages or wait for it, and those of one visitor. */
    papers: z.int().min(1).max(1_000).default(20),
    papersPerVisitor: z.int().min(1).max(100).default(3),
    waitingSource: z.string().default('本项目建议：等候的都在内存里，宁可请人稍后再试，也不占满内存'),
  })
  .prefault({});
