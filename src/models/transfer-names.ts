// What tells a download or an upload from a request.

/** Values of `responseType` that ask for a whole body in memory. */
export const TRANSFER_REPLIES: ReadonlySet<string> = new Set(['arraybuffer', 'blob', 'buffer']);

/** Names of functions that move files. Only the choice of a limit hangs on them. */
export const TRANSFER_NAMES = /(?:down|up)load|(?:^|[_.])(?:export|import|backup|restore|transfer)(?=$|[_A-Z])|[a-z](?:Export|Import|Backup|Restore|Transfer)(?=$|[_A-Z])/;

/** Members of a reply that give its whole body as bytes. */
export const TRANSFER_READS: ReadonlySet<string> = new Set(['arrayBuffer', 'blob', 'bytes', 'buffer']);

/** What makes a body that is a file. */
export const TRANSFER_BODIES: ReadonlySet<string> = new Set(['Blob', 'File', 'createReadStream']);

/** What makes a form; a file may be among its fields. */
export const FORMS: ReadonlySet<string> = new Set(['FormData']);

/** Methods that put a field into a form, and names of fields that hold files. */
export const FORM_WRITES: ReadonlySet<string> = new Set(['append', 'set']);
export const FORM_FILES = /file|image|audio|video|media|photo|document|attachment|upload|blob|pdf|base64/i;

/** Options in which HTTP clients take a body. */
export const TRANSFER_FIELDS: readonly string[] = ['body', 'data', 'formData'];

/** Classes whose objects can be sent as a body more than once. */
export const PLAIN_BODIES: ReadonlySet<string> = new Set(['URLSearchParams', 'FormData', 'Blob', 'Uint8Array']);

/** Functions that make a text or bytes, which can be sent more than once. */
export const PLAIN_TEXTS: ReadonlySet<string> = new Set(['JSON.stringify', 'String', 'Buffer.from', 'qs.stringify', 'querystring.stringify']);
