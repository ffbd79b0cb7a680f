package dev.waybill.platform.storage;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * The result of the {@link StorageProbe}: what the bucket was found to enforce.
 *
 * @param probedAt when it was
 * @param findings one for each rule; those that are left out are added as unknown
 */
public record StorageProfile(Instant probedAt, Map<Rule, Finding> findings) {

    /** What a bucket may enforce, or have. */
    public enum Rule {
        /** Nobody has it copy other objects by an {@code x-amz-copy-source} that was not signed. */
        SIGNED_COPY_SOURCE,
        /** Nobody makes an object public by an {@code x-amz-acl} that was not signed. */
        SIGNED_ACL,
        /** Another Content-Type than the signed one is refused. */
        CONTENT_TYPE,
        /** Another length than the signed one is refused. */
        CONTENT_LENGTH,
        /** Other bytes than those of the signed SHA-256 are refused. */
        SHA256,
        /** A second PUT under a signed {@code If-None-Match: *} is refused. */
        WRITE_ONCE,
        /** A copy that is pinned to an ETag copies no other bytes. */
        COPY_IF_MATCH,
        /** Versions are kept. */
        VERSIONING,
        /** Pages of any origin may PUT. */
        CORS;

        /** As metrics and health name it, such as {@code copy_if_match}. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether a rule holds. */
    public enum Answer {
        ENFORCED,
        NOT_ENFORCED,
        /** Storage could not be probed, or its answer is inconclusive. */
        UNKNOWN
    }

    /**
     * What was found of one rule.
     *
     * @param sentence for the operator: what storage did
     */
    public record Finding(Answer answer, String sentence) {}

    public StorageProfile {
        Map<Rule, Finding> all = new EnumMap<>(Rule.class);
        for (Rule rule : Rule.values()) {
            all.put(rule, findings.getOrDefault(rule, new Finding(Answer.UNKNOWN, "Storage was not asked.")));
        }
        findings = Collections.unmodifiableMap(all);
    }

    /** What was found of a rule. */
    public Finding of(Rule rule) {
        return Objects.requireNonNull(findings.get(rule));
    }

    /** Whether whoever has a URL to PUT can read what the URL's signer may read. */
    public boolean leaksThroughCopies() {
        return of(Rule.SIGNED_COPY_SOURCE).answer() == Answer.NOT_ENFORCED;
    }
}
