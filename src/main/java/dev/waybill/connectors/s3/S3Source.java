package dev.waybill.connectors.s3;

import dev.waybill.connectors.Source;
import dev.waybill.connectors.SourceContent;
import dev.waybill.connectors.SourceException;
import dev.waybill.connectors.SourceFile;
import dev.waybill.connectors.SourcePage;
import dev.waybill.connectors.SourcePath;
import dev.waybill.connectors.SourceProfile;
import dev.waybill.connectors.s3.S3Operation.About;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.model.GetObjectTaggingRequest;
import software.amazon.awssdk.services.s3.model.RequestPayer;
import software.amazon.awssdk.services.s3.model.Tag;

/** A source at an S3-compatible store. */
final class S3Source implements Source {

    private static final int MAX_PAGE = 1_000;

    private final S3Access access;
    private final @Nullable RequestPayer payer;
    private final S3Listing listing;
    private final S3Reading reading;

    /** @param paysItself whether the credentials' account pays for reads of requester-pays buckets */
    S3Source(S3Access access, boolean paysItself) {
        this.access = access;
        this.payer = paysItself ? RequestPayer.REQUESTER : null;
        this.listing = new S3Listing(access, payer);
        this.reading = new S3Reading(access, payer);
    }

    @Override
    public SourceProfile check(@Nullable SourcePath path) {
        return new S3Check(access, this, payer).check(path);
    }

    @Override
    public SourcePage list(SourcePath path, @Nullable String cursor, int max) {
        if (max < 1 || max > MAX_PAGE) {
            throw new IllegalArgumentException("a page has 1 to %d files".formatted(MAX_PAGE));
        }
        return listing.page(path, cursor, max);
    }

    @Override
    public Optional<SourceFile> find(SourcePath path, String key) {
        return path.contains(key) ? listing.find(path.container(), key) : Optional.empty();
    }

    @Override
    public SourceContent open(SourcePath path, SourceFile file, long from) {
        return reading.open(path, file, from);
    }

    @Override
    public Map<String, String> tags(SourcePath path, SourceFile file) {
        if (!access.store().hasTags()) {
            return Map.of();
        }
        GetObjectTaggingRequest request = GetObjectTaggingRequest.builder()
                .bucket(path.container())
                .key(file.key())
                .requestPayer(payer)
                .build();
        try {
            return access.call(
                    new S3Operation(About.TAGS, path.container(), payer != null),
                    client -> client.getObjectTagging(request).tagSet().stream()
                            .collect(Collectors.toMap(Tag::key, Tag::value, (one, other) -> other)));
        } catch (SourceException refused) {
            if (refused.getCause() instanceof AwsServiceException error && (hasNoSuchCall(error) || hasNone(error))) {
                return Map.of();
            }
            throw refused;
        }
    }

    private static boolean hasNoSuchCall(AwsServiceException error) {
        return error.statusCode() == 501 || error.statusCode() == 405;
    }

    /** As some stores answer for a file without tags. */
    private static boolean hasNone(AwsServiceException error) {
        return S3Errors.code(error).startsWith("NoSuchTagSet");
    }

    @Override
    public void close() {
        access.close();
    }
}
