/** The records of a zip file that are read and written here: PKWARE APPNOTE.TXT 6.3.10, sections 4.3.7 to 4.3.16. */

export const LOCAL = { signature: 0x04034b50, bytes: 30 } as const;
export const CENTRAL = { signature: 0x02014b50, bytes: 46 } as const;
export const DESCRIPTOR = { signature: 0x08074b50, bytes: 12 } as const;
export const END = { signature: 0x06054b50, bytes: 22 } as const;
export const ZIP64_LOCATOR = { signature: 0x07064b50, bytes: 20 } as const;

/** In these fields the value "see the zip64 record". */
export const ZIP64_16 = 0xffff;
export const ZIP64_32 = 0xffffffff;

export const METHOD = { store: 0, deflate: 8 } as const;
export type Method = (typeof METHOD)[keyof typeof METHOD];

export const FLAG = {
  encrypted: 0x1,
  descriptor: 0x8,
  strongly_encrypted: 0x40,
  utf8: 0x800,
  masked: 0x2000,
} as const;
/** Bits 1 and 2 only tell how hard the packer tried. */
export const FLAGS_KNOWN = 0x2 | 0x4 | FLAG.descriptor | FLAG.utf8;

/** `st_mode`, in the upper half of the external attributes. */
export const MODE = { type: 0o170000, file: 0o100000, folder: 0o040000 } as const;
export const DOS_FOLDER = 0x10;
