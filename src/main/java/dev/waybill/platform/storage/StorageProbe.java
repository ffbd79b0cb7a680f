package dev.waybill.platform.storage;

import dev.waybill.platform.storage.StorageProfile.Answer;
import dev.waybill.platform.storage.StorageProfile.Finding;
import dev.waybill.platform.storage.StorageProfile.Rule;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Probes what the bucket enforces, as a client with presigned URLs would find out: servers that speak S3 differ, and
 * their manuals do not say how. It writes a few small objects below {@code staging/.probe/} and removes them. The last
 * result is cached, and is the gauge {@code waybill.storage.enforced} by rule: 1, 0, or NaN where it is not known.
 */
public final class StorageProbe {

    private static final Logger log = LoggerFactory.getLogger(StorageProbe.class);

    /** Whoever lacks them is not set up wrongly. */
    private static final List<Rule> OPTIONAL = List.of(Rule.VERSIONING, Rule.CORS);

    private final Supplier<Map<Rule, Finding>> probeRun;
    private final boolean isWantedAtStart;
    private final boolean hasUploadCredential;
    private final InstantSource clock;
    private volatile @Nullable StorageProfile last;

    /** @param probeRun probes the bucket for every rule, and never throws */
    public StorageProbe(
            Supplier<Map<Rule, Finding>> probeRun,
            boolean isWantedAtStart,
            boolean hasUploadCredential,
            InstantSource clock,
            MeterRegistry registry) {
        this.probeRun = probeRun;
        this.isWantedAtStart = isWantedAtStart;
        this.hasUploadCredential = hasUploadCredential;
        this.clock = clock;
        for (Rule rule : Rule.values()) {
            Gauge.builder("waybill.storage.enforced", this, probe -> probe.value(rule))
                    .description("Whether the bucket enforces a rule")
                    .tag("rule", rule.wire())
                    .register(registry);
        }
    }

    /** Whether the bucket is probed at the start, as {@code waybill.storage.probe} says. */
    public boolean isWantedAtStart() {
        return isWantedAtStart;
    }

    /** Whether URLs to PUT are signed by a credential of their own. */
    public boolean hasUploadCredential() {
        return hasUploadCredential;
    }

    /**
     * Probes now: some fifteen requests, one after the other, each of them bounded by
     * {@code waybill.storage.attempt-timeout}. Never throws: what could not be probed is {@link Answer#UNKNOWN}.
     */
    public StorageProfile ask() {
        StorageProfile profile = new StorageProfile(clock.instant(), probeRun.get());
        last = profile;
        report(profile);
        return profile;
    }

    /** The last result; empty before the first run. */
    public Optional<StorageProfile> known() {
        return Optional.ofNullable(last);
    }

    private static void report(StorageProfile profile) {
        List<Finding> distinct = profile.findings().values().stream().distinct().toList();
        if (distinct.size() == 1) {
            log.warn(
                    "What storage enforces is not known: {}",
                    distinct.getFirst().sentence());
            return;
        }
        for (Rule rule : Rule.values()) {
            report(rule, profile.of(rule));
        }
    }

    private static void report(Rule rule, Finding finding) {
        if (finding.answer() == Answer.ENFORCED || OPTIONAL.contains(rule)) {
            log.debug("{}: {}", rule.wire(), finding.sentence());
        } else {
            log.warn("{} is {}: {}", rule.wire(), finding.answer(), finding.sentence());
        }
    }

    private double value(Rule rule) {
        StorageProfile profile = last;
        Answer answer = profile == null ? Answer.UNKNOWN : profile.of(rule).answer();
        return switch (answer) {
            case ENFORCED -> 1;
            case NOT_ENFORCED -> 0;
            case UNKNOWN -> Double.NaN;
        };
    }
}
