package dev.waybill.connectors.rest;

import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.Source;
import dev.waybill.connectors.SourceContent;
import dev.waybill.connectors.SourceException;
import dev.waybill.connectors.SourceFile;
import dev.waybill.connectors.SourcePage;
import dev.waybill.connectors.SourcePath;
import dev.waybill.connectors.SourceProfile;
import dev.waybill.connectors.SourceProfile.Check;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One look at a store: what it lets these credentials do, and what it can. */
public final class RestCheck {

    /** Enough to find a file of some bytes in. */
    private static final int SAMPLE = 20;

    /** A store may tell of nothing for some pages before it tells of something. */
    private static final int PAGES = 20;

    /** Above that signatures are at risk: they are refused at fifteen minutes. */
    private static final Duration TOLERABLE = Duration.ofMinutes(5);

    private final Source source;
    private final RestClient client;
    private final Probes probes;
    private final List<Check> checks = new ArrayList<>();
    private @Nullable SourceException problem;
    private boolean lists;
    private boolean reads;
    private boolean hasRanges;
    private boolean heedsConditions;
    private boolean readsTags;

    /** @param client through which the source asks */
    public RestCheck(Source source, RestClient client, Probes probes) {
        this.source = source;
        this.client = client;
        this.probes = probes;
    }

    /** What only the provider's own code can try. */
    public interface Probes {

        /**
         * Shows the credentials to who gave them.
         *
         * @throws SourceException when they are refused
         */
        void account();

        /**
         * Reads the first byte, and none but that.
         *
         * @param isThatVersion whether it is asked for as it was listed, or under a condition that cannot hold
         * @throws SourceException when it is refused
         */
        RestAnswer firstByte(SourcePath path, SourceFile file, boolean isThatVersion);

        /** Whether files carry tags. */
        boolean hasTags();

        /** What is known besides; nothing is thrown. @param path that could be listed; null when none could */
        Traits traits(@Nullable SourcePath path);
    }

    /**
     * What is known of a store and of credentials besides what trying them tells. As {@link SourceProfile}.
     *
     * @param name as the store's users call it
     * @param lacking rights that the credentials lack, as what that would be diagnosed as
     */
    public record Traits(
            String name,
            String endpoint,
            @Nullable String region,
            @Nullable String account,
            boolean beginsAtKeys,
            boolean versioning,
            boolean requesterPays,
            boolean archive,
            List<SourceContent.Algorithm> checksums,
            Map<String, Object> restrictions,
            List<Diagnosis> lacking,
            @Nullable Instant expiresAt) {}

    /** See {@link Source#check}. */
    public SourceProfile look(@Nullable SourcePath path) {
        String message = path == null ? account() : files(path);
        Traits traits = probes.traits(lists ? path : null);
        for (Diagnosis lacking : traits.lacking()) {
            checks.add(new Check("rights", false, lacking, "The credentials lack a right: " + lacking));
        }
        clock(traits.name());
        return profile(traits, problem == null ? message : problem.getMessage());
    }

    private String account() {
        try {
            probes.account();
            return passed("account", "The credentials hold; give a bucket to have that looked at");
        } catch (SourceException refused) {
            return failed("account", refused);
        }
    }

    private String files(SourcePath path) {
        SourcePage page;
        try {
            page = source.list(path, null, SAMPLE);
            for (int i = 1; i < PAGES && page.files().isEmpty() && page.next() != null; i++) {
                page = source.list(path, page.next(), SAMPLE);
            }
            lists = true;
        } catch (SourceException refused) {
            return failed("list", refused);
        }
        passed("list", "Files can be listed");
        Optional<SourceFile> sample = page.files().stream()
                .filter(file -> file.kind() == SourceFile.Kind.FILE && file.sizeBytes() > 0)
                .findFirst();
        if (sample.isEmpty()) {
            return page.files().isEmpty()
                    ? "'%s' can be listed; nothing lies there yet".formatted(path)
                    : "'%s' can be listed; no file was there to try to read".formatted(path);
        }
        return read(path, sample.get());
    }

    private String read(SourcePath path, SourceFile file) {
        try {
            RestAnswer told = probes.firstByte(path, file, true);
            reads = true;
            passed("read", "Files can be read");
            hasRanges = told.status() == 206;
            passed("range", hasRanges ? "Reading can go on in the middle" : "Reading begins at the beginning");
        } catch (SourceException refused) {
            return failed("read", refused);
        }
        condition(path, file);
        if (probes.hasTags()) {
            tags(path, file);
        }
        return "'%s' can be listed and read".formatted(path);
    }

    private void condition(SourcePath path, SourceFile file) {
        try {
            probes.firstByte(path, file, false);
            passed("conditional_get", "Conditions are not heeded; what comes is compared instead");
        } catch (SourceException refused) {
            heedsConditions = refused.diagnosis() == Diagnosis.CHANGED_DURING_READ;
            if (heedsConditions) {
                passed("conditional_get", "Conditions are heeded");
            } else {
                checks.add(new Check("conditional_get", false, refused.diagnosis(), refused.getMessage()));
            }
        }
    }

    private void tags(SourcePath path, SourceFile file) {
        try {
            source.tags(path, file);
            readsTags = true;
            passed("tags", "Tags can be read");
        } catch (SourceException refused) {
            checks.add(new Check("tags", false, refused.diagnosis(), refused.getMessage()));
        }
    }

    private void clock(String name) {
        Duration offset = client.clockOffset();
        if (offset != null && offset.abs().compareTo(TOLERABLE) > 0) {
            checks.add(new Check(
                    "clock",
                    false,
                    Diagnosis.CLOCK_SKEW,
                    "%s is %d s %s of the service's clock"
                            .formatted(name, offset.abs().toSeconds(), offset.isNegative() ? "behind" : "ahead")));
        }
    }

    private SourceProfile profile(Traits traits, String message) {
        boolean asksForPay = problem != null && problem.diagnosis() == Diagnosis.REQUESTER_PAYS;
        return new SourceProfile(
                problem == null ? null : problem.diagnosis(),
                message,
                traits.endpoint(),
                traits.region(),
                client.latency(),
                client.clockOffset(),
                traits.account(),
                checks,
                new SourceProfile.Capabilities(
                        lists,
                        reads,
                        lists && traits.beginsAtKeys(),
                        readsTags,
                        traits.versioning(),
                        heedsConditions,
                        hasRanges,
                        traits.checksums(),
                        1_000,
                        traits.requesterPays() || asksForPay,
                        traits.archive()),
                traits.restrictions(),
                traits.expiresAt());
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
}
