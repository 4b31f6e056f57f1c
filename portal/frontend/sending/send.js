/** A file on its way by tus (tus.io): where the line breaks, it goes on later, even after the page was closed. */
import { Upload } from "tus-js-client";

/** A proxy that gathers a request before it hands it on loses no more than this. */
const PART = 4 << 20;
const WAITS = [0, 1000, 2000, 4000, 8000, 15000, 30000, 60000];

/** Resolves with the id of the upload. Rejects with an error that `isBroken`, or `says` what the server said. */
export function send(row, form) {
  const { endpoint, kind, target, user } = form.dataset;
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  return new Promise((resolve, reject) => {
    const upload = new Upload(row.file, {
      endpoint,
      chunkSize: PART,
      retryDelays: WAITS,
      headers: { "X-CSRFToken": token },
      metadata: { filename: row.file.name, [kind]: target, sha256: row.hash },
      fingerprint: () => Promise.resolve(["tadmor", user, kind, target, row.hash].join(":")),
      removeFingerprintOnSuccess: true,
      onShouldRetry: (error) => {
        const again = isPassing(error);
        if (again) row.show("broken");
        return again;
      },
      onProgress: (sent, all) => {
        row.show("sending");
        row.progress(sent / all);
      },
      onSuccess: () => resolve(upload.url.split("/").filter(Boolean).pop()),
      onError: (error) => reject(Object.assign(error, { isBroken: isPassing(error), says: saidOf(error) })),
    });
    goOn(upload);
  });
}

async function goOn(upload) {
  const [earlier] = await upload.findPreviousUploads();
  if (earlier) upload.resumeFromPreviousUpload(earlier);
  upload.start();
}

/** Nobody answered, somebody else is writing, or the server is in trouble: not for ever. */
function isPassing(error) {
  const status = error.originalResponse?.getStatus() ?? 0;
  return status === 0 || status === 409 || status === 423 || status >= 500;
}

function saidOf(error) {
  try {
    return JSON.parse(error.originalResponse.getBody()).detail;
  } catch {
    return undefined;
  }
}
