package dev.waybill.syncs.transfer;

import dev.waybill.blobs.BatchedDeletes;
import dev.waybill.blobs.Blob;
import dev.waybill.blobs.BlobKeys;
import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.SourceContent;
import dev.waybill.connectors.SourceException;
import dev.waybill.connectors.SourceFile;
import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.formats.DetectionInput;
import dev.waybill.platform.formats.DetectionResult.FormatEvidence;
import dev.waybill.platform.formats.FileKind;
import dev.waybill.platform.formats.Formats;
import dev.waybill.platform.formats.MediaTypes;
import dev.waybill.platform.ids.IdGenerator;
import dev.waybill.platform.storage.FileNames;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.platform.storage.StorageException;
import dev.waybill.platform.storage.StoredObject;
import dev.waybill.syncs.filters.Attributes;
import dev.waybill.syncs.filters.FilterResult;
import dev.waybill.syncs.integrity.Digests;
import dev.waybill.syncs.mapping.MappingResult;
import dev.waybill.syncs.mapping.ShownFormat;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Copies one version of a file into managed storage, as a stream and in constant memory. Its type is detected before,
 * from its first bytes or where these lead; its length and checksums are compared with those of the source.
 */
@Component
public class FileCopy {

    private static final Set<String> FOLDERS = Set.of("application/x-directory", "httpd/unix-directory");
    private static final int BUFFER = 2 * MediaTypes.HEAD_BYTES;

    private final ObjectStorage storage;
    private final BatchedDeletes deletes;
    private final IdGenerator ids;
    private final FaultPoints faults;
    private final LinkedFiles links;

    FileCopy(ObjectStorage storage, BatchedDeletes deletes, IdGenerator ids, FaultPoints faults, LinkedFiles links) {
        this.storage = storage;
        this.deletes = deletes;
        this.ids = ids;
        this.faults = faults;
        this.links = links;
    }

    /**
     * A file in managed storage.
     *
     * @param blobs its own first, then those fetched from URLs
     * @param sha256 of its own bytes
     * @param comparedBy how its bytes were compared with the source's checksums; see {@link Digests.Digested#method}
     * @param metadata the object's: mapped fields and the origin of the file
     */
    public record Copied(List<Blob> blobs, String sha256, String comparedBy, Map<String, Object> metadata) {

        /** The storage keys of all blobs, its own first. */
        public List<ObjectKey> keys() {
            return Blob.keys(blobs);
        }
    }

    /**
     * Copies it. A failure leaves no bytes in storage.
     *
     * @throws SourceException when the source refuses it, or serves other bytes
     * @throws UncheckedIOException when the stream breaks off repeatedly, or the run stops
     * @throws StorageException when managed storage refuses it
     * @throws WaybillException 403 when the organization's quota is exhausted
     * @throws FileRefused when it is not to become an object
     */
    public Copied copy(Transfer transfer, SourceFile file) {
        if (file.sizeBytes() > transfer.maxFileBytes()) {
            throw FileRefused.because(
                    Diagnosis.TOO_LARGE.name(),
                    "The file has %d bytes; the plan takes files of up to %d"
                            .formatted(file.sizeBytes(), transfer.maxFileBytes()));
        }
        transfer.requireQuota(file.sizeBytes());
        transfer.cost().reads.increment();
        SourceContent content = transfer.source().open(transfer.path(), file, 0);
        ResumingStream stream =
                new ResumingStream(transfer.source(), transfer.path(), file, content, transfer.concurrency());
        try (stream) {
            return copy(transfer, file, content, stream);
        } catch (IOException broken) {
            throw failure(stream, new UncheckedIOException(broken));
        } finally {
            transfer.cost().bytes.add(stream.count());
            transfer.cost().reads.add(stream.resumes());
            transfer.cost().retries.add(stream.resumes());
        }
    }

    private Copied copy(Transfer transfer, SourceFile file, SourceContent content, ResumingStream stream)
            throws IOException {
        if (content.length() != file.sizeBytes()) {
            throw new SourceException(
                    Diagnosis.CHANGED_DURING_READ,
                    "%d bytes were listed, and %d are to come".formatted(file.sizeBytes(), content.length()),
                    true,
                    null,
                    null);
        }
        if (isFolder(content)) {
            throw FileRefused.because(FileRefused.FOLDER_MARKER, "It is said to be a folder, and has no bytes");
        }
        Map<String, String> tags = tags(transfer, file);
        Attributes attributes = new Attributes(content.contentType(), content.metadata(), tags);
        if (transfer.filters().judge(transfer.path(), file, attributes) instanceof FilterResult.Refused refusal) {
            throw FileRefused.by(refusal);
        }
        BufferedInputStream bytes = new BufferedInputStream(stream, BUFFER);
        PreCopyCheck sight = new PreCopyCheck(transfer, file, bytes);
        ShownFormat shown = kind -> Formats.answer(
                new DetectionInput(sight.bytes(), file.name(), content.contentType(), kind, content.contentEncoding()));
        MappingResult.Mapped mapped = mapped(transfer, file, attributes, shown);
        requireBytes(file, mapped);
        FormatEvidence evidence = shown.of(mapped.type().kind()).evidence();
        return store(transfer, file, content, mapped, evidence, bytes, stream);
    }

    private static Map<String, String> tags(Transfer transfer, SourceFile file) {
        if (!transfer.filters().needsTags() && !transfer.mapping().needsTags()) {
            return Map.of();
        }
        return transfer.tags().of(file);
    }

    /** Some clients mark folders only by the content type, which listings do not show. */
    private static boolean isFolder(SourceContent content) {
        return content.length() == 0
                && content.contentType() != null
                && MediaTypes.normalize(content.contentType())
                        .filter(FOLDERS::contains)
                        .isPresent();
    }

    private static void requireBytes(SourceFile file, MappingResult.Mapped mapped) {
        FileKind kind = mapped.type().kind();
        if (file.sizeBytes() == 0 && kind != null && !kind.takesEmpty(mapped.mediaType())) {
            throw FileRefused.because(
                    Diagnosis.UNSUPPORTED.name(),
                    "The file is empty, and '%s' takes %s".formatted(mapped.property(), kind.phrase()));
        }
    }

    private static MappingResult.Mapped mapped(
            Transfer transfer, SourceFile file, Attributes attributes, ShownFormat shown) {
        return switch (transfer.mapping().map(file, shown, attributes.metadata(), attributes.tags())) {
            case MappingResult.Mapped mapped -> mapped;
            case MappingResult.MappingProblem problem ->
                throw FileRefused.because(problem.reason().name(), problem.sentence());
        };
    }

    private Copied store(
            Transfer transfer,
            SourceFile file,
            SourceContent content,
            MappingResult.Mapped mapped,
            FormatEvidence evidence,
            BufferedInputStream bytes,
            ResumingStream stream) {
        String filename = FileNames.safe(file.name());
        ObjectKey key =
                BlobKeys.fresh(ids, transfer.bucket().scope().namespace().value(), filename);
        Digests digests = new Digests(content.checksums());
        try {
            StoredObject stored = storage.put(
                    key, digests.through(bytes), file.sizeBytes(), mapped.mediaType(), evidence.contentEncoding());
            faults.reach("sync.bytes-stored");
            Digests.Digested digested = compared(file, digests);
            Blob blob = new Blob(
                    ids.nextOfThisRun("blob_"),
                    mapped.property(),
                    mapped.type(),
                    null,
                    key,
                    null,
                    filename,
                    file.sizeBytes(),
                    mapped.mediaType(),
                    stored.etag().value(),
                    null,
                    digested.sha256(),
                    digested.md5(),
                    null,
                    Map.of(),
                    evidence.charset());
            Map<String, Object> metadata = metadata(transfer, file, content, mapped);
            List<Blob> blobs = new ArrayList<>(List.of(blob));
            blobs.addAll(links.fetchAll(transfer, mapped.links()));
            return new Copied(blobs, digested.sha256(), digested.method(), metadata);
        } catch (RuntimeException failed) {
            deletes.add(List.of(key));
            throw failure(stream, failed);
        }
    }

    /** A failure of the source takes precedence over what it led to. */
    private static RuntimeException failure(ResumingStream stream, RuntimeException otherwise) {
        SourceException refused = stream.failure();
        return refused == null ? otherwise : refused;
    }

    private static Digests.Digested compared(SourceFile file, Digests digests) {
        Digests.Digested digested = digests.finish(file.sizeBytes());
        if (!digested.isMatch()) {
            throw new SourceException(
                    Diagnosis.INTEGRITY_MISMATCH,
                    "The %s of the bytes that came is not the one that the source tells of '%s'"
                            .formatted(digested.method(), file.key()),
                    true,
                    null,
                    null);
        }
        return digested;
    }

    /** Adds the origin as {@code source}, unless the bucket's schema or the mapping uses that name. */
    private static Map<String, Object> metadata(
            Transfer transfer, SourceFile file, SourceContent content, MappingResult.Mapped mapped) {
        Map<String, Object> metadata = new LinkedHashMap<>(mapped.objectMetadata());
        if (!transfer.bucket().schema().properties().containsKey("source") && !metadata.containsKey("source")) {
            Map<String, Object> source = new LinkedHashMap<>();
            source.put("provider", transfer.provider());
            source.put("path", file.id());
            source.put("version", file.version());
            if (file.modifiedAt() != null) {
                source.put("last_modified", file.modifiedAt().toString());
            }
            if (content.contentEncoding() != null) {
                source.put("content_encoding", content.contentEncoding());
            }
            metadata.put("source", source);
        }
        return metadata;
    }
}
