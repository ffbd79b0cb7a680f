package dev.waybill.connectors.s3;

import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.ListingCursor;
import dev.waybill.connectors.SourceException;
import dev.waybill.connectors.SourceFile;
import dev.waybill.connectors.SourcePage;
import dev.waybill.connectors.SourcePath;
import dev.waybill.connectors.s3.S3Operation.About;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.OptionalObjectAttributes;
import software.amazon.awssdk.services.s3.model.RequestPayer;
import software.amazon.awssdk.services.s3.model.RestoreStatus;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A paged listing of a bucket, which detects cycles: keys ascend from page to page, or it fails. */
final class S3Listing {

    private static final Set<String> ARCHIVES = Set.of("GLACIER", "DEEP_ARCHIVE");

    private final S3Access access;
    private final @Nullable RequestPayer payer;

    S3Listing(S3Access access, @Nullable RequestPayer payer) {
        this.access = access;
        this.payer = payer;
    }

    SourcePage page(SourcePath path, @Nullable String cursor, int max) {
        ListingCursor position = ListingCursor.read(cursor);
        List<SourceFile> files = new ArrayList<>();
        if (cursor == null && !prefix(path).equals(path.prefix())) {
            // Between a folder's own name and its content, there may be millions of siblings: it is requested
            // separately.
            namesake(path).ifPresent(files::add);
        }
        if (files.size() == max) {
            return new SourcePage(files, new ListingCursor(null, path.prefix()).cursor());
        }
        return follow(path, position, max, files);
    }

    /** The file of exactly that key, as a listing shows it; its error responses contain more than those of a HEAD. */
    Optional<SourceFile> find(String bucket, String key) {
        ListObjectsV2Response page = fetchPage(bucket, key, ListingCursor.START, 1);
        return page.contents().stream()
                .filter(object -> key.equals(object.key()))
                .findFirst()
                .map(object -> file(bucket, object));
    }

    /**
     * The file with the folder's own name. Empty without the permission for it, as credentials may be limited to the
     * folder's content.
     */
    private Optional<SourceFile> namesake(SourcePath path) {
        try {
            return find(path.container(), path.prefix());
        } catch (SourceException refused) {
            if (refused.diagnosis() == Diagnosis.ACCESS_DENIED) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    private SourcePage follow(SourcePath path, ListingCursor position, int max, List<SourceFile> files) {
        int wanted = max - files.size();
        ListObjectsV2Response page = nextPage(path, position, wanted);
        List<S3Object> objects =
                page.contents().stream().filter(object -> object.key() != null).toList();
        boolean hasTooMany = objects.size() > wanted;
        for (S3Object object : hasTooMany ? objects.subList(0, wanted) : objects) {
            if (path.contains(object.key())) {
                files.add(file(path.container(), object));
            }
        }
        if (hasTooMany) {
            return new SourcePage(
                    files, new ListingCursor(null, objects.get(wanted - 1).key()).cursor());
        }
        if (!Boolean.TRUE.equals(page.isTruncated())) {
            return new SourcePage(files, null);
        }
        String token = page.nextContinuationToken();
        boolean hasToken = token != null && !token.isEmpty() && !token.equals(position.token());
        if (!hasToken && objects.isEmpty()) {
            throw broken("tells of more files and not how to get to them");
        }
        String last = objects.isEmpty() ? position.after() : objects.getLast().key();
        return new SourcePage(files, new ListingCursor(hasToken ? token : null, last).cursor());
    }

    /** The page after a cursor: by its token, or otherwise by its key. */
    private ListObjectsV2Response nextPage(SourcePath path, ListingCursor position, int max) {
        if (position.token() != null) {
            try {
                ListObjectsV2Response page = fetchPage(path.container(), prefix(path), position, max);
                if (isAfter(position, page)) {
                    return page;
                }
            } catch (SourceException refused) {
                // The token may have expired, for which each store has another error.
                if (refused.diagnosis() != Diagnosis.BROKEN_LISTING) {
                    throw refused;
                }
            }
        }
        ListObjectsV2Response page = fetchPage(path.container(), prefix(path), position.withoutToken(), max);
        if (!isAfter(position, page)) {
            throw broken("tells of the same files again and again");
        }
        return page;
    }

    private static boolean isAfter(ListingCursor position, ListObjectsV2Response page) {
        return page.contents().isEmpty()
                || String.valueOf(page.contents().getFirst().key()).isEmpty()
                || position.isBefore(page.contents().getFirst().key());
    }

    private ListObjectsV2Response fetchPage(String bucket, String prefix, ListingCursor position, int max) {
        ListObjectsV2Request.Builder request = ListObjectsV2Request.builder()
                .bucket(bucket)
                .prefix(prefix.isEmpty() ? null : prefix)
                .maxKeys(max)
                // XML cannot represent every key.
                .encodingType(EncodingType.URL)
                .requestPayer(payer);
        if (position.token() != null) {
            request.continuationToken(position.token());
        } else if (!position.after().isEmpty()) {
            request.startAfter(position.after());
        }
        if (access.store().tellsRestores()) {
            request.optionalObjectAttributes(OptionalObjectAttributes.RESTORE_STATUS);
        }
        ListObjectsV2Response page = access.call(
                new S3Operation(About.LISTING, bucket, payer != null), client -> client.listObjectsV2(request.build()));
        if (page.isTruncated() == null && page.keyCount() == null && page.name() == null) {
            throw broken("answers with something that is no listing");
        }
        return page;
    }

    private static String prefix(SourcePath path) {
        String prefix = path.prefix();
        return path.isFolder() && !prefix.isEmpty() && !prefix.endsWith("/") ? prefix + "/" : prefix;
    }

    private SourceFile file(String bucket, S3Object object) {
        long size = object.size() == null ? 0 : Math.max(0, object.size());
        S3Version version = S3Version.of(object.eTag(), size, object.lastModified());
        return new SourceFile(
                bucket + "/" + object.key(),
                object.key(),
                size,
                object.lastModified(),
                version.text(),
                version.facts(),
                null,
                object.storageClassAsString(),
                kind(object, size));
    }

    private SourceFile.Kind kind(S3Object object, long size) {
        if (size == 0 && (object.key().endsWith("/") || object.key().endsWith("_$folder$"))) {
            return SourceFile.Kind.FOLDER_MARKER;
        }
        boolean isArchived = access.store().tellsRestores()
                && object.storageClassAsString() != null
                && ARCHIVES.contains(object.storageClassAsString())
                && !isRestored(object.restoreStatus());
        return isArchived ? SourceFile.Kind.ARCHIVED : SourceFile.Kind.FILE;
    }

    private static boolean isRestored(@Nullable RestoreStatus status) {
        return status != null
                && !Boolean.TRUE.equals(status.isRestoreInProgress())
                && status.restoreExpiryDate() != null;
    }

    private SourceException broken(String how) {
        return new SourceException(
                Diagnosis.BROKEN_LISTING,
                "%s %s; nothing can be told of what lies there until it is mended"
                        .formatted(access.store().name(), how));
    }
}
