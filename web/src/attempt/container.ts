/** Whether a file is a video inside, by the bytes that it begins with: a name and a media type may say anything. */

/** How many bytes of a file are looked at. */
export const HEAD_BYTES = 12;

/** What WebM and Matroska begin with (RFC 8794, section 11.2.1). */
const EBML = [0x1a, 0x45, 0xdf, 0xa3];

/** Boxes that a file begins with: `ftyp` of MP4 and MOV, those of QuickTime files older than it, and of fragments. The server knows the same. */
const BOXES = ['ftyp', 'moov', 'mdat', 'wide', 'free', 'skip', 'pnot', 'styp', 'moof', 'sidx'];

/** Brands of the same kind of file that hold no video: photos and sound. */
const OTHER_BRANDS = ['heic', 'heix', 'mif1', 'avif', 'M4A ', 'M4B '];

/** Whether a file that begins like this is MP4, MOV, WebM or Matroska. */
export function beginsLikeVideo(head: Uint8Array): boolean {
  if (EBML.every((byte, index) => head[index] === byte)) return true;
  const box = letters(head, 4);
  return BOXES.includes(box) && !(box === 'ftyp' && OTHER_BRANDS.includes(letters(head, 8)));
}

function letters(head: Uint8Array, from: number): string {
  return String.fromCharCode(...head.subarray(from, from + 4));
}
