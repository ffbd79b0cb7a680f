package dev.waybill.connectors;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The result of the check of a source: whether it can be used, and its capabilities.
 *
 * @param problem null when it can be used
 * @param message a sentence: what was found, or what to change
 * @param endpoint the endpoint that was checked
 * @param region null where there is none
 * @param latency of the fastest answer; null when there was none
 * @param clockOffset how far the provider's clock is ahead of ours; null when it sent no time
 * @param account the owner of the credentials; null when the provider does not report it
 * @param checks the single checks, in order
 * @param restrictions what the credentials are bound to, such as {@code buckets} and {@code prefix}; JSON values
 * @param expiresAt when the credentials expire; null when that is not known
 */
public record SourceProfile(
        @Nullable Diagnosis problem,
        String message,
        String endpoint,
        @Nullable String region,
        @Nullable Duration latency,
        @Nullable Duration clockOffset,
        @Nullable String account,
        List<Check> checks,
        Capabilities capabilities,
        Map<String, Object> restrictions,
        @Nullable Instant expiresAt) {

    public SourceProfile {
        checks = List.copyOf(checks);
        restrictions = Map.copyOf(restrictions);
    }

    /**
     * One single check.
     *
     * @param name such as {@code list}, {@code read}, {@code conditional_get}
     * @param code null when it worked
     */
    public record Check(String name, boolean ok, @Nullable Diagnosis code, String message) {}

    /**
     * The capabilities of a source, probed or known of its provider.
     *
     * @param startAfter whether a listing can start after any key
     * @param tags whether files carry tags that can be read
     * @param versioning whether former versions can be read
     * @param conditionalGet whether a read with a wrong ETag is rejected; where not, the ETag of the answer is compared
     * @param range whether range reads are possible
     * @param checksums the checksums it may report
     * @param maxPage the most files of a page
     * @param requesterPays whether the requester pays
     * @param archive whether files may be archived
     */
    public record Capabilities(
            boolean list,
            boolean read,
            boolean startAfter,
            boolean tags,
            boolean versioning,
            boolean conditionalGet,
            boolean range,
            List<SourceContent.Algorithm> checksums,
            int maxPage,
            boolean requesterPays,
            boolean archive) {

        public Capabilities {
            checksums = List.copyOf(checksums);
        }
    }
}
