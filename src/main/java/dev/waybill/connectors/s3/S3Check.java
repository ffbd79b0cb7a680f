package dev.waybill.connectors.s3;

import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.Source;
import dev.waybill.connectors.SourceException;
import dev.waybill.connectors.SourceFile;
import dev.waybill.connectors.SourcePage;
import dev.waybill.connectors.SourcePath;
import dev.waybill.connectors.SourceProfile;
import dev.waybill.connectors.SourceProfile.Check;
import dev.waybill.connectors.s3.S3Operation.About;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.RequestPayer;

/** The check of an S3 source: what the credentials permit, and what the store supports. */
final class S3Check {

    /** Files to list to find one that is not empty. */
    private static final int SAMPLE = 20;

    /** Above this skew signatures may be rejected: they are at fifteen minutes. */
    private static final Duration TOLERABLE = Duration.ofMinutes(5);

    private static final String NO_ETAG = "\"00000000000000000000000000000000\"";

    private final S3Access access;
    private final Source source;
    private final @Nullable RequestPayer payer;
    private final List<Check> checks = new ArrayList<>();
    private @Nullable SourceException problem;
    private boolean lists;
    private boolean reads;
    private boolean hasRanges;
    private boolean heedsConditions;
    private boolean readsTags;
    private boolean hasVersions;
    private boolean requiresPay;

    S3Check(S3Access access, Source source, @Nullable RequestPayer payer) {
        this.access = access;
        this.source = source;
        this.payer = payer;
    }

    SourceProfile check(@Nullable SourcePath path) {
        String message = path == null ? account() : files(path);
        for (Diagnosis lacking : access.facts().lacking()) {
            note(new Check("rights", false, lacking, "The key lacks a right: " + lacking));
        }
        surroundings();
        return profile(problem == null ? message : problem.getMessage());
    }

    private String account() {
        try {
            access.call(new S3Operation(About.ACCOUNT, "", payer != null), client -> client.listBuckets());
            return passed("account", "The credentials hold");
        } catch (SourceException refused) {
            if (refused.diagnosis() == Diagnosis.ACCESS_DENIED) {
                // An authorization error implies valid credentials.
                return passed("account", "The credentials hold; give a bucket to have that looked at");
            }
            return failed("account", refused);
        }
    }

    private String files(SourcePath path) {
        SourcePage page;
        try {
            page = source.list(path, null, SAMPLE);
            lists = true;
        } catch (SourceException refused) {
            return failed("list", paid(path, refused));
        }
        passed("list", "Files can be listed");
        Optional<SourceFile> sample = page.files().stream()
                .filter(file -> file.kind() == SourceFile.Kind.FILE && file.sizeBytes() > 0)
                .findFirst();
        if (sample.isEmpty()) {
            return (page.files().isEmpty() ? nothing() : "'%s' can be listed; no file was there to try to read")
                    .formatted(path);
        }
        return read(path, sample.get());
    }

    private String nothing() {
        return access.facts().hidesRows()
                ? "'%s' shows nothing: it is empty, or the session's row security hides what is there"
                : "'%s' can be listed; nothing lies there yet";
    }

    private String read(SourcePath path, SourceFile file) {
        try {
            GetObjectResponse response = get(path, file, "\"" + file.facts().getOrDefault("etag", "") + "\"");
            reads = true;
            passed("read", "Files can be read");
            hasRanges = response.contentRange() != null;
            passed("range", hasRanges ? "Reading can go on in the middle" : "Reading begins at the beginning");
            hasVersions = access.store().hasVersions()
                    && response.versionId() != null
                    && !response.versionId().equals("null");
        } catch (SourceException refused) {
            return failed("read", refused);
        }
        condition(path, file);
        tags(path, file);
        return "'%s' can be listed and read".formatted(path);
    }

    private void condition(SourcePath path, SourceFile file) {
        try {
            get(path, file, NO_ETAG);
            passed("conditional_get", "Conditions are not heeded; what comes is compared instead");
        } catch (SourceException refused) {
            heedsConditions = refused.diagnosis() == Diagnosis.CHANGED_DURING_READ;
            if (heedsConditions) {
                passed("conditional_get", "Conditions are heeded");
            } else {
                note(new Check("conditional_get", false, refused.diagnosis(), refused.getMessage()));
            }
        }
    }

    private void tags(SourcePath path, SourceFile file) {
        if (!access.store().hasTags()) {
            return;
        }
        try {
            source.tags(path, file);
            readsTags = true;
            passed("tags", "Tags can be read");
        } catch (SourceException refused) {
            note(new Check("tags", false, refused.diagnosis(), refused.getMessage()));
        }
    }

    /** One byte and the response headers. */
    private GetObjectResponse get(SourcePath path, SourceFile file, String condition) {
        GetObjectRequest request = GetObjectRequest.builder()
                .bucket(path.container())
                .key(file.key())
                .ifMatch(condition.equals("\"\"") ? null : condition)
                .range("bytes=0-0")
                .requestPayer(payer)
                .build();
        return access.call(new S3Operation(About.FILE, path.container(), payer != null), client -> {
            ResponseInputStream<GetObjectResponse> answer = client.getObject(request);
            answer.abort();
            return answer.response();
        });
    }

    /** A requester-pays bucket denies requests that do not offer to pay: one that offers it shows which. */
    private SourceException paid(SourcePath path, SourceException refused) {
        boolean mayBePaid = refused.diagnosis() == Diagnosis.ACCESS_DENIED
                && payer == null
                && access.store().hasRequesterPays();
        if (!mayBePaid) {
            return refused;
        }
        try {
            new S3Listing(access, RequestPayer.REQUESTER).page(path, null, 1);
            requiresPay = true;
            return new SourceException(
                    Diagnosis.REQUESTER_PAYS,
                    "Whoever reads '%s' pays for it; set request_payer to requester to have your account do so"
                            .formatted(path.container()));
        } catch (SourceException deniedAnyway) {
            // Without the hint that offering to pay may help.
            return deniedAnyway.diagnosis() == Diagnosis.ACCESS_DENIED ? deniedAnyway : refused;
        }
    }

    private void surroundings() {
        String region = access.correctedRegion();
        if (region != null) {
            note(new Check(
                    "region",
                    false,
                    Diagnosis.WRONG_REGION,
                    "The bucket lies in %s, which is used now; set region to that".formatted(region)));
        }
        Duration offset = access.observer().clockOffset();
        if (offset != null && offset.abs().compareTo(TOLERABLE) > 0) {
            note(new Check(
                    "clock",
                    false,
                    Diagnosis.CLOCK_SKEW,
                    "%s is %d s %s of the service's clock"
                            .formatted(
                                    access.store().name(),
                                    offset.abs().toSeconds(),
                                    offset.isNegative() ? "behind" : "ahead")));
        }
    }

    private SourceProfile profile(String message) {
        S3Endpoint endpoint = access.endpoint();
        S3Store store = access.store();
        return new SourceProfile(
                problem == null ? null : problem.diagnosis(),
                message,
                endpoint == null ? store.name() : endpoint.shown(),
                endpoint == null ? null : endpoint.region(),
                access.observer().latency(),
                access.observer().clockOffset(),
                access.facts().account(),
                checks,
                new SourceProfile.Capabilities(
                        lists,
                        reads,
                        lists,
                        readsTags,
                        hasVersions,
                        heedsConditions,
                        hasRanges,
                        store.checksums(),
                        1_000,
                        payer != null || requiresPay,
                        store.tellsRestores()),
                access.facts().restrictions(),
                access.facts().expiresAt());
    }

    private String passed(String name, String message) {
        checks.add(new Check(name, true, null, message));
        return message;
    }

    private String failed(String name, SourceException refused) {
        problem = refused;
        checks.add(new Check(name, false, refused.diagnosis(), refused.getMessage()));
        return refused.getMessage();
    }

    private void note(Check check) {
        checks.add(check);
    }
}
