// What tells a download or an upload from a request.

/** Values of `responseType` that ask for a whole body in memory. */
export const TRANSFER_REPLIES: ReadonlySet<string> = new Set(['arraybuffer', 'blob', 'buffer']);

/** Names of functions that move files. Only the choice of a limit hangs on them. */
export const TRANSFER_NAMES = /(?:down|up)load|(?:^|[_.])(?:export|import|backup|restore|transfer)(?=$|[_A-Z])|[a-z](?:Export|Import|Backup|Restore|Transfer)(?=$|[_A-Z])/;
