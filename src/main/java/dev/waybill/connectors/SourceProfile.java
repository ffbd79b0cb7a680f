package dev.waybill.connectors;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What looking at a source came to: whether it can be used, and what it can do.
 *
 * @param problem null when it can be used
 * @param message a sentence: what was found, or what to change
 * @param endpoint where it was looked for
 * @param region null where there is none
 * @param latency of the quickest answer; null when there was none
 * @param clockOffset how far the provider's clock is ahead of ours; null when it told no time
 * @param account who the credentials belong to; null when the provider does not say
 * @param checks what was tried, in order
 * @param restrictions what the credentials are bound to, such as {@code buckets} and {@code prefix}; JSON values
 * @param expiresAt until when the credentials hold; null when that is not known
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
     * One thing that was tried.
     *
     * @param name such as {@code list}, {@code read}, {@code conditional_get}
     * @param code null when it worked
     */
    public record Check(String name, boolean ok, @Nullable Diagnosis code, String message) {}

    /**
     * What a source can do, found out or known of its provider.
     *
     * @param startAfter whether a listing can go on behind any key
     * @param tags whether files carry tags that can be read
     * @param versioning whether it keeps former versions that can be read
     * @param conditionalGet whether a read with a wrong ETag is refused; where not, the ETag of the answer is compared
     * @param range whether reading can go on in the middle
     * @param checksums what it may tell of a file's bytes
     * @param maxPage the most files of a page
     * @param requesterPays whether reading it is paid by who reads
     * @param archive whether files may lie in an archive
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
