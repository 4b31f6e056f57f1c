/** The SHA-256 of a file, piece by piece: WebCrypto wants all of it at once, and HTTPS. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";

const PIECE = 1 << 20;

export async function hashOf(file, progress) {
  const digest = sha256.create();
  for (let at = 0; at < file.size; at += PIECE) {
    digest.update(new Uint8Array(await file.slice(at, at + PIECE).arrayBuffer()));
    progress(Math.min(1, (at + PIECE) / file.size));
  }
  return bytesToHex(digest.digest());
}
