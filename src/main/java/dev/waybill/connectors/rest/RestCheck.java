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

/** The check of a source over a provider's HTTP API: what the credentials permit, and what the store supports. */
public final class RestCheck {

    /** Files to list to find one that is not empty. */
    private static final int SAMPLE = 20;

    /** Pages to try: a store may return some empty ones first. */
    private static final int PAGES = 20;

    /** Above this skew signatures may be rejected: they are at fifteen minutes. */
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

    /** @param client of the source */
    public RestCheck(Source source, RestClient client, Probes probes) {
        this.source = source;
        this.client = client;
        this.probes = probes;
    }

    /** Probes that are specific to a provider. */
    public interface Probes {

        /**
         * Verifies the credentials with their issuer.
         *
         * @throws SourceException when they are rejected
         */
        void account();

        /**
         * Reads the first byte only.
         *
         * @param isThatVersion whether the listed version is requested, or one under a condition that cannot hold
         * @throws SourceException when it is rejected
         */
        RestAnswer firstByte(SourcePath path, SourceFile file, boolean isThatVersion);

        /** Whether files carry tags. */
        boolean hasTags();

        /** Known traits; throws nothing. @param path that could be listed; null when none could */
        Traits traits(@Nullable SourcePath path);
    }

    /**
     * Known traits of a store and of credentials besides the results of the probes. As {@link SourceProfile}.
     *
     * @param name of the store, for messages
     * @param lacking missing permissions, as the diagnoses they lead to
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
    public SourceProfile check(@Nullable SourcePath path) {
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
            RestAnswer answer = probes.firstByte(path, file, true);
            reads = true;
            passed("read", "Files can be read");
            hasRanges = answer.status() == 206;
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
        boolean requiresPay = problem != null && problem.diagnosis() == Diagnosis.REQUESTER_PAYS;
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
                        traits.requesterPays() || requiresPay,
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
