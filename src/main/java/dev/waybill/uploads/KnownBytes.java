package dev.waybill.uploads;

import dev.waybill.buckets.Bucket;
import dev.waybill.objects.ObjectId;
import dev.waybill.objects.Objects;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.tasks.TaskStatus;
import dev.waybill.uploads.ClaimStore.Claim;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Finds announced bytes that a bucket has already, before anybody puts them a second time. */
@Component
class KnownBytes {

    private final UploadStore uploads;
    private final ClaimStore claims;
    private final Objects objects;

    KnownBytes(UploadStore uploads, ClaimStore claims, Objects objects) {
        this.uploads = uploads;
        this.claims = claims;
        this.objects = objects;
    }

    /** For each new upload whose bytes are known, the completed upload that brought them. */
    Map<UploadId, Upload> find(Bucket bucket, List<Upload> fresh) {
        Map<UploadId, String> wanted = new LinkedHashMap<>();
        fresh.forEach(upload -> content(upload).ifPresent(content -> wanted.put(upload.id(), content)));
        if (wanted.isEmpty()) {
            return Map.of();
        }
        Map<String, Claim> held = claims.findAll(bucket.scope(), bucket.id(), new HashSet<>(wanted.values()));
        Map<UploadId, Upload> completed = completed(bucket, held);
        Set<ObjectKey> alive = alive(bucket, completed);
        Map<UploadId, ObjectKey> originals = originals(bucket, completed);
        Map<UploadId, Upload> firsts = new HashMap<>();
        for (Upload upload : fresh) {
            Claim claim = held.get(wanted.getOrDefault(upload.id(), ""));
            Upload first = claim == null ? null : completed.get(claim.upload());
            if (first != null && serves(first, upload, alive, originals)) {
                firsts.put(upload.id(), first);
            }
        }
        return firsts;
    }

    private Map<UploadId, Upload> completed(Bucket bucket, Map<String, Claim> held) {
        if (held.isEmpty()) {
            return Map.of();
        }
        Set<UploadId> holders = held.values().stream().map(Claim::upload).collect(Collectors.toSet());
        return uploads.findAll(bucket.scope(), holders).stream()
                .filter(upload -> upload.status() == TaskStatus.COMPLETED)
                .collect(Collectors.toMap(Upload::id, upload -> upload));
    }

    /** The bytes that objects have of what these uploads brought: an object may have been given others since. */
    private Set<ObjectKey> alive(Bucket bucket, Map<UploadId, Upload> completed) {
        Set<ObjectId> made = new HashSet<>();
        completed
                .values()
                .forEach(
                        upload -> Optional.ofNullable(upload.outcome().object()).ifPresent(made::add));
        return made.isEmpty()
                ? Set.of()
                : objects.findAll(bucket.scope(), made).stream()
                        .flatMap(object -> object.blobs().stream())
                        .flatMap(blob -> Optional.ofNullable(blob.key()).stream())
                        .collect(Collectors.toSet());
    }

    /** Where the bytes of those lie that are duplicates themselves. */
    private Map<UploadId, ObjectKey> originals(Bucket bucket, Map<UploadId, Upload> completed) {
        Set<UploadId> originals = completed.values().stream()
                .flatMap(upload -> Optional.ofNullable(upload.outcome().duplicateOf()).stream())
                .collect(Collectors.toSet());
        return originals.isEmpty()
                ? Map.of()
                : uploads.findAll(bucket.scope(), originals).stream()
                        .collect(Collectors.toMap(
                                Upload::id, upload -> upload.file().key()));
    }

    private static boolean serves(
            Upload first, Upload upload, Set<ObjectKey> alive, Map<UploadId, ObjectKey> originals) {
        UploadId original = first.outcome().duplicateOf();
        ObjectKey own = first.file().key();
        return first.target().createObject()
                ? alive.contains(original == null ? own : originals.getOrDefault(original, own))
                : !upload.target().createObject();
    }

    private static Optional<String> content(Upload upload) {
        return Optional.ofNullable(upload.file().sha256())
                .filter(hash -> upload.target().skipDuplicates())
                .map(Verdict.Good::content);
    }
}
