package dev.waybill.platform.storage;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Multipart uploads: a port of its own, because not every storage has them. Clients PUT the parts to URLs of
 * {@link UrlSigner#part}; which parts arrived is read from storage only. Every method throws {@link StorageException}
 * and nothing else.
 */
public interface MultipartStorage {

    /** The most parts of one object. */
    int MAX_PARTS = 10_000;

    /** The least bytes of every part but the last: 5 MiB. */
    long MIN_PART_BYTES = 5L << 20;

    /** One part that lies in storage. */
    record Part(int number, long size, ETag etag) {}

    /** An incomplete multipart upload: neither completed nor aborted. */
    record Unfinished(ObjectKey key, String multipartId, Instant startedAt) {}

    /** The outcome of completing. */
    sealed interface Completion {

        /** The parts are one object now. */
        record Completed(StoredObject object) implements Completion {}

        /** No such multipart upload: it was aborted, or completed before; {@link ObjectStorage#head} shows which. */
        record Gone() implements Completion {}

        /** The parts do not fit together; the multipart upload is still there. */
        record Refused(Reason reason) implements Completion {}

        /** Why parts do not fit together. */
        enum Reason {
            /** No parts at all, a number twice, or not in ascending order. */
            ORDER,
            /** Storage does not hold a part of this number and ETag. */
            UNKNOWN_PART,
            /** A part besides the last one is smaller than storage takes, 5 MiB on S3. */
            PART_TOO_SMALL
        }
    }

    /**
     * Creates a multipart upload.
     *
     * @return its id, opaque and up to some hundred characters; a second call creates another one
     */
    String begin(ObjectKey key, String contentType);

    /**
     * All parts that storage holds, by number.
     *
     * @return empty when there is no such multipart upload
     */
    Optional<List<Part>> listParts(ObjectKey key, String multipartId);

    /**
     * Makes one object of the parts. Repeating it after a success returns {@link Completion.Gone} or the success again,
     * depending on storage.
     *
     * @param parts as {@link #listParts} returned them, by ascending number
     */
    Completion complete(ObjectKey key, String multipartId, List<Part> parts);

    /** Aborts a multipart upload and drops its parts; one that is not there is no failure. */
    void abort(ObjectKey key, String multipartId);

    /**
     * Incomplete multipart uploads.
     *
     * @param startedBefore only those created before this instant
     * @param max 1 to 1000
     */
    List<Unfinished> listUnfinished(Instant startedBefore, int max);
}
