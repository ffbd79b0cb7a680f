package dev.waybill.uploads.verification;

import dev.waybill.blobs.ParallelCalls;
import dev.waybill.blobs.Promotion;
import dev.waybill.blobs.StoredFile;
import dev.waybill.buckets.FieldType;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.formats.DetectionInput;
import dev.waybill.platform.formats.DetectionResult;
import dev.waybill.platform.formats.Formats;
import dev.waybill.platform.formats.MediaTypes;
import dev.waybill.platform.storage.ObjectHead;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.platform.storage.StorageException;
import dev.waybill.platform.storage.StoredObject;
import dev.waybill.quotas.Quotas;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Verifies the staged bytes of uploads in storage, and promotes good ones to a final key. Size, ETag and first bytes
 * come from one ranged GET instead of a HEAD, so that the detected type belongs to the very bytes whose size and ETag
 * are reported, in a single round trip; only a file whose type shows further behind takes more.
 */
@Component
public class Verifier {

    private static final Logger LOG = LoggerFactory.getLogger(Verifier.class);

    /** 16 MiB. */
    private static final long DUPLICATE_CHECK_ABOVE = 16L << 20;

    private final ObjectStorage storage;
    private final PropertyPlacement propertyPlacement;
    private final Promotion promotion;
    private final Quotas quotas;
    private final UploadProperties properties;
    private final UploadMetrics metrics;

    Verifier(
            ObjectStorage storage,
            PropertyPlacement propertyPlacement,
            Promotion promotion,
            Quotas quotas,
            UploadProperties properties,
            UploadMetrics metrics) {
        this.storage = storage;
        this.propertyPlacement = propertyPlacement;
        this.promotion = promotion;
        this.quotas = quotas;
        this.properties = properties;
        this.metrics = metrics;
    }

    /**
     * The file of an open upload, and what its client expects of its bytes.
     *
     * @param known whether these bytes are stored in the bucket already, so that they need no copy
     */
    public record Item(Announcement file, ConfirmExpectations expected, Predicate<VerificationResult.Good> known) {}

    /**
     * Limits and callbacks of a verification.
     *
     * @param unlimited whether it may take as long as it takes
     * @param canceled read before each verification
     * @param verified called after each
     */
    public record Pace(boolean unlimited, BooleanSupplier canceled, Runnable verified) {

        public static final Pace REQUEST = new Pace(false, () -> false, () -> {});
        public static final Pace TASK = new Pace(true, () -> false, () -> {});
    }

    /**
     * Verifies the bytes of many uploads in parallel.
     *
     * @return one for each, in their order
     * @throws RuntimeException the failure of an only item; of several, each has its failure as its result
     */
    public List<VerificationResult> verifyAll(List<Item> items, Pace pace) {
        return items.size() == 1
                ? List.of(verifyItem(items.getFirst(), pace))
                : ParallelCalls.each(items, properties.parallelChecks(), item -> verifySafely(item, pace));
    }

    /** One of many uploads that cannot be verified does not stop the others. */
    private VerificationResult verifySafely(Item item, Pace pace) {
        try {
            return verifyItem(item, pace);
        } catch (WaybillException refused) {
            return new VerificationResult.Refused(refused);
        } catch (RuntimeException accident) {
            String id = item.file().upload();
            LOG.error("Upload {} could not be verified", id, accident);
            return new VerificationResult.Refused(new WaybillException(
                    ErrorCode.SERVICE_UNAVAILABLE,
                    "Upload '%s' could not be looked at just now. Confirm it again.".formatted(id),
                    Map.of("retry_after", 1),
                    accident));
        }
    }

    private VerificationResult verifyItem(Item item, Pace pace) {
        try {
            if (pace.canceled().getAsBoolean()) {
                return new VerificationResult.Refused(new StorageException(StorageException.Kind.UNAVAILABLE, null));
            }
            VerificationResult result = metrics.timed(() -> verify(item, pace.unlimited()));
            pace.verified().run();
            return result;
        } catch (StorageException failure) {
            return new VerificationResult.Refused(failure);
        }
    }

    /**
     * Verifies the bytes of an upload.
     *
     * @param unlimited whether it may take as long as it takes; else the result is {@link VerificationResult.TooBig}
     *     rather than a long read
     */
    private VerificationResult verify(Item item, boolean unlimited) {
        Announcement file = item.file();
        Optional<ObjectHead> head = storage.readHead(file.key(), MediaTypes.HEAD_BYTES);
        if (head.isEmpty()) {
            return new VerificationResult.Missing();
        }
        StoredObject object = head.get().object();
        Optional<WaybillException> mismatch = compare(file, item.expected(), object);
        if (mismatch.isPresent()) {
            return new VerificationResult.Refused(mismatch.get());
        }
        Optional<WaybillException> tooLarge = tooLarge(file, object);
        if (tooLarge.isPresent()) {
            return new VerificationResult.Spoiled(tooLarge.get());
        }
        return switch (propertyPlacement.of(file, detectionInput(head.get(), file))) {
            case PropertyPlacement.Placed.Nowhere nowhere -> new VerificationResult.Spoiled(nowhere.why());
            case PropertyPlacement.Placed.At at -> verify(item, object, at, unlimited);
        };
    }

    private VerificationResult verify(
            Item item, StoredObject object, PropertyPlacement.Placed.At at, boolean unlimited) {
        Announcement file = item.file();
        DetectionResult format = at.format();
        if (!unlimited && object.size() >= properties.backgroundFrom().toBytes()) {
            return new VerificationResult.TooBig();
        }
        VerificationResult.Good good = new VerificationResult.Good(
                object.size(),
                object.etag(),
                format.mediaType(),
                at.movedTo(),
                null,
                evidence(file, item.expected(), object, format),
                null);
        String declared = file.sha256();
        VerificationResult proven = declared == null ? good : prove(declared, good, object, unlimited);
        return proven instanceof VerificationResult.Good fine
                ? promote(file.movedTo(at.movedTo()), item.known(), fine, object)
                : proven;
    }

    /** Bytes that the bucket has already are not copied, where a copy takes time or quota. */
    private VerificationResult promote(
            Announcement file,
            Predicate<VerificationResult.Good> known,
            VerificationResult.Good good,
            StoredObject object) {
        Optional<WaybillException> full =
                quotas.refusal(file.scope().organization(), good.sizeBytes() - file.reservedBytes());
        boolean checksDuplicates = full.isPresent() || good.sizeBytes() > DUPLICATE_CHECK_ABOVE;
        if (checksDuplicates && known.test(good)) {
            return good;
        }
        if (full.isPresent()) {
            return new VerificationResult.Refused(full.get());
        }
        Promotion.Wanted requested = new Promotion.Wanted(
                object,
                file.scope().namespace().value(),
                good.mediaType(),
                file.filename(),
                good.evidence().contentEncoding());
        return promotion
                .promote(requested, copy -> isSame(file, good, copy))
                .<VerificationResult>map(good::promoted)
                .orElseGet(() -> changed(object));
    }

    /** Whether a copy whose ETag proves nothing is what was verified: it is verified in the same way. */
    private boolean isSame(Announcement file, VerificationResult.Good good, StoredObject copy) {
        return storage.readHead(copy.key(), MediaTypes.HEAD_BYTES)
                .filter(head -> head.object().size() == good.sizeBytes()
                        && Formats.answer(detectionInput(head, file))
                                .mediaType()
                                .equals(good.mediaType())
                        && (good.sha256() == null || good.sha256().equals(compute(head.object()))))
                .isPresent();
    }

    private static Optional<WaybillException> compare(
            Announcement file, ConfirmExpectations expected, StoredObject object) {
        if (expected.etag() != null && !object.etag().matches(expected.etag())) {
            return Optional.of(new WaybillException(
                    ErrorCode.ETAG_MISMATCH,
                    "ETag mismatch: expected %s, storage has %s".formatted(expected.etag(), object.etag()),
                    Map.of(
                            "field", "etag",
                            "expected", expected.etag(),
                            "actual", object.etag().value())));
        }
        if (expected.sizeBytes() != null && expected.sizeBytes() != object.size()) {
            return Optional.of(sizeMismatch(expected.sizeBytes(), object.size()));
        }
        Long declared = file.sizeBytes();
        if (declared != null && declared != object.size()) {
            return Optional.of(sizeMismatch(declared, object.size()));
        }
        return Optional.empty();
    }

    private static WaybillException sizeMismatch(long expected, long actual) {
        return new WaybillException(
                ErrorCode.SIZE_MISMATCH,
                "Size mismatch: expected %d bytes, storage has %d".formatted(expected, actual),
                Map.of("field", "file_size_bytes", "expected", expected, "actual", actual));
    }

    private static Optional<WaybillException> tooLarge(Announcement file, StoredObject object) {
        if (object.size() > file.maxBytes()) {
            return Optional.of(new WaybillException(
                    ErrorCode.QUOTA_EXCEEDED,
                    "The file has %d bytes; the organization's plan allows %d"
                            .formatted(object.size(), file.maxBytes()),
                    Map.of("resource", "file_size_bytes", "current", object.size(), "limit", file.maxBytes())));
        }
        return Optional.empty();
    }

    private DetectionInput detectionInput(ObjectHead head, Announcement file) {
        FieldType type = file.type();
        return new DetectionInput(
                StoredFile.of(storage, head),
                file.filename(),
                file.contentType(),
                type == null ? null : type.kind(),
                head.object().contentEncoding());
    }

    private static VerificationEvidence evidence(
            Announcement file, ConfirmExpectations expected, StoredObject object, DetectionResult format) {
        boolean sizeDeclared = expected.sizeBytes() != null || file.sizeBytes() != null;
        return new VerificationEvidence(
                object.size(),
                sizeDeclared ? true : null,
                object.etag().kind(),
                expected.etag() == null ? null : true,
                null,
                format.mediaType(),
                format.evidence().charset(),
                format.evidence().contentEncoding(),
                object.versionId());
    }

    private VerificationResult prove(
            String declared, VerificationResult.Good good, StoredObject object, boolean unlimited) {
        Optional<StoredObject> head = storage.head(object.key());
        if (head.isEmpty() || !head.get().etag().equals(object.etag())) {
            return changed(object);
        }
        String stored = head.get().sha256();
        if (stored != null) {
            return judgeHash(declared, stored, VerificationEvidence.Source.STORAGE, good);
        }
        if (!unlimited && object.size() > properties.hashInlineUpTo().toBytes()) {
            return new VerificationResult.TooBig();
        }
        String computed = compute(object);
        return computed == null
                ? changed(object)
                : judgeHash(declared, computed, VerificationEvidence.Source.COMPUTED, good);
    }

    private static VerificationResult judgeHash(
            String declared, String actual, VerificationEvidence.Source source, VerificationResult.Good good) {
        if (!declared.equals(actual)) {
            return new VerificationResult.Spoiled(new WaybillException(
                    ErrorCode.HASH_MISMATCH,
                    "SHA-256 mismatch: file_hash says %s, the bytes in storage have %s".formatted(declared, actual),
                    Map.of("field", "file_hash", "expected", declared, "actual", actual)));
        }
        VerificationEvidence proven =
                good.evidence().withChecksum(new VerificationEvidence.Checksum("SHA256", source, true));
        return new VerificationResult.Good(
                good.sizeBytes(), good.etag(), good.mediaType(), good.movedTo(), actual, proven, null);
    }

    private @Nullable String compute(StoredObject object) {
        Optional<InputStream> bytes = storage.open(object.key(), object.etag());
        if (bytes.isEmpty()) {
            return null;
        }
        try (InputStream in = bytes.get()) {
            return DigestUtils.sha256Hex(new BufferedInputStream(in, 1 << 16));
        } catch (IOException broken) {
            throw new StorageException(StorageException.Kind.UNAVAILABLE, broken);
        }
    }

    /**
     * Other bytes, or none: they are deleted together with an upload that is canceled meanwhile, or with its bucket.
     */
    private VerificationResult changed(StoredObject before) {
        return storage.head(before.key()).isEmpty()
                ? new VerificationResult.Missing()
                : new VerificationResult.Refused(new WaybillException(
                        ErrorCode.CONFLICT, "The object in storage changed while it was verified. Confirm again."));
    }
}
