/**
 * Rights of a descriptor (`$rights` in the witx, a u64 of which bits 0 to 29 are defined; so a number holds them all).
 * Stays below bit 30: bitwise operators keep the sign out of it.
 */
export const rights = {
  fdDatasync: 1 << 0,
  fdRead: 1 << 1,
  fdSeek: 1 << 2,
  fdFdstatSetFlags: 1 << 3,
  fdSync: 1 << 4,
  fdTell: 1 << 5,
  fdWrite: 1 << 6,
  fdAdvise: 1 << 7,
  fdAllocate: 1 << 8,
  pathCreateDirectory: 1 << 9,
  pathCreateFile: 1 << 10,
  pathLinkSource: 1 << 11,
  pathLinkTarget: 1 << 12,
  pathOpen: 1 << 13,
  fdReaddir: 1 << 14,
  pathReadlink: 1 << 15,
  pathRenameSource: 1 << 16,
  pathRenameTarget: 1 << 17,
  pathFilestatGet: 1 << 18,
  pathFilestatSetSize: 1 << 19,
  pathFilestatSetTimes: 1 << 20,
  fdFilestatGet: 1 << 21,
  fdFilestatSetSize: 1 << 22,
  fdFilestatSetTimes: 1 << 23,
  pathSymlink: 1 << 24,
  pathRemoveDirectory: 1 << 25,
  pathUnlinkFile: 1 << 26,
  pollFdReadwrite: 1 << 27,
} as const;

export const fileRights =
  rights.fdDatasync |
  rights.fdRead |
  rights.fdSeek |
  rights.fdFdstatSetFlags |
  rights.fdSync |
  rights.fdTell |
  rights.fdWrite |
  rights.fdAdvise |
  rights.fdAllocate |
  rights.fdFilestatGet |
  rights.fdFilestatSetSize |
  rights.fdFilestatSetTimes |
  rights.pollFdReadwrite;

export const directoryRights =
  rights.fdDatasync |
  rights.fdFdstatSetFlags |
  rights.fdSync |
  rights.fdAdvise |
  rights.fdReaddir |
  rights.fdFilestatGet |
  rights.fdFilestatSetTimes |
  rights.pathCreateDirectory |
  rights.pathCreateFile |
  rights.pathLinkSource |
  rights.pathLinkTarget |
  rights.pathOpen |
  rights.pathReadlink |
  rights.pathRenameSource |
  rights.pathRenameTarget |
  rights.pathFilestatGet |
  rights.pathFilestatSetSize |
  rights.pathFilestatSetTimes |
  rights.pathSymlink |
  rights.pathRemoveDirectory |
  rights.pathUnlinkFile;

const streamRights =
  rights.fdDatasync | rights.fdSync | rights.fdFdstatSetFlags | rights.fdFilestatGet | rights.pollFdReadwrite;
export const inputRights = streamRights | rights.fdRead;
export const outputRights = streamRights | rights.fdWrite;

const all = BigInt(fileRights | directoryRights);

/** The rights this host knows of those a guest names; the others can never be had. */
export function knownRights(requested: bigint): number {
  return Number(requested & all);
}
