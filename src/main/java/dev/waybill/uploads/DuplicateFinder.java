package dev.waybill.uploads;

import dev.waybill.buckets.Bucket;
import dev.waybill.objects.ContentHashes;
import dev.waybill.objects.ObjectWriter;
import dev.waybill.objects.WriteResult.Existing;
import dev.waybill.tasks.TaskStatus;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Deduplicates new uploads by their declared SHA-256: finds bytes that the bucket has already, before a client uploads
 * them again.
 */
@Component
class DuplicateFinder {

    private final UploadStore uploads;
    private final ObjectWriter objects;
    private final InstantSource clock;

    DuplicateFinder(UploadStore uploads, ObjectWriter objects, InstantSource clock) {
        this.uploads = uploads;
        this.objects = objects;
        this.clock = clock;
    }

    /**
     * For each new upload whose bytes the bucket has, the upload to return: the completed one that they came by, or,
     * where they came by no upload, the new one itself, completed as a duplicate.
     */
    Map<UploadId, UploadEntity> find(Bucket bucket, List<UploadEntity> fresh) {
        Map<UploadId, UploadEntity> found = new HashMap<>();
        for (boolean files : new boolean[] {false, true}) {
            List<UploadEntity> candidates = fresh.stream()
                    .filter(upload -> upload.file().sha256() != null
                            && upload.target().skipDuplicates()
                            && upload.target().createObject() != files)
                    .toList();
            if (!candidates.isEmpty()) {
                find(bucket, candidates, files, found);
            }
        }
        return found;
    }

    private void find(Bucket bucket, List<UploadEntity> candidates, boolean files, Map<UploadId, UploadEntity> found) {
        Map<String, Existing> existing = objects.known(
                bucket.scope(),
                bucket.id(),
                candidates.stream().map(DuplicateFinder::key).distinct().toList(),
                files);
        Map<String, UploadEntity> sources = sourceUploads(bucket, existing.values());
        for (UploadEntity upload : candidates) {
            Existing first = existing.get(key(upload));
            if (first != null) {
                UploadEntity source = first.uploadId() == null ? null : sources.get(first.uploadId());
                found.put(upload.id(), source == null ? duplicate(upload, first) : source);
            }
        }
    }

    private Map<String, UploadEntity> sourceUploads(Bucket bucket, Collection<Existing> existing) {
        List<UploadId> ids = existing.stream()
                .flatMap(first -> Optional.ofNullable(first.uploadId()).stream())
                .distinct()
                .map(UploadId::new)
                .toList();
        return ids.isEmpty()
                ? Map.of()
                : uploads.findAll(bucket.scope(), ids).stream()
                        .filter(upload -> upload.status() == TaskStatus.COMPLETED)
                        .collect(Collectors.toMap(upload -> upload.id().value(), upload -> upload));
    }

    private UploadEntity duplicate(UploadEntity upload, Existing first) {
        Instant now = clock.instant();
        Long sizeBytes = first.object() == null
                ? null
                : first.object().blobs().getFirst().sizeBytes();
        UploadEntity.Outcome outcome = new UploadEntity.Outcome(
                null,
                sizeBytes == null ? upload.file().sizeBytes() : sizeBytes,
                null,
                upload.file().sha256(),
                null,
                upload.target().createObject() ? first.id() : null,
                null,
                true,
                first.uploadId() == null ? null : new UploadId(first.uploadId()),
                false,
                "The bucket has these bytes already, in object %s; nothing needs to be uploaded.".formatted(first.id()),
                null,
                null,
                now);
        return upload.ended(TaskStatus.COMPLETED, outcome, upload.file().key());
    }

    private static String key(UploadEntity upload) {
        return ContentHashes.sha256Key(
                upload.target().property(), String.valueOf(upload.file().sha256()));
    }
}
