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

/** Finds announced bytes that a bucket has already, before anybody puts them a second time. */
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
     * For each new upload whose bytes are known, the one to answer: the completed upload that brought them, or, where no
     * upload did, the new one itself, completed as a duplicate.
     */
    Map<UploadId, UploadEntity> find(Bucket bucket, List<UploadEntity> fresh) {
        Map<UploadId, UploadEntity> known = new HashMap<>();
        for (boolean files : new boolean[] {false, true}) {
            List<UploadEntity> asked = fresh.stream()
                    .filter(upload -> upload.file().sha256() != null
                            && upload.target().skipDuplicates()
                            && upload.target().createObject() != files)
                    .toList();
            if (!asked.isEmpty()) {
                find(bucket, asked, files, known);
            }
        }
        return known;
    }

    private void find(Bucket bucket, List<UploadEntity> asked, boolean files, Map<UploadId, UploadEntity> known) {
        Map<String, Existing> holders = objects.known(
                bucket.scope(),
                bucket.id(),
                asked.stream().map(DuplicateFinder::key).distinct().toList(),
                files);
        Map<String, UploadEntity> bringers = bringers(bucket, holders.values());
        for (UploadEntity upload : asked) {
            Existing first = holders.get(key(upload));
            if (first != null) {
                UploadEntity bringer = first.uploadId() == null ? null : bringers.get(first.uploadId());
                known.put(upload.id(), bringer == null ? duplicate(upload, first) : bringer);
            }
        }
    }

    private Map<String, UploadEntity> bringers(Bucket bucket, Collection<Existing> holders) {
        List<UploadId> ids = holders.stream()
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
