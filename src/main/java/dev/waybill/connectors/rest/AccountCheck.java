package dev.waybill.connectors.rest;

import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.Source;
import dev.waybill.connectors.SourceContent;
import dev.waybill.connectors.SourceContent.Algorithm;
import dev.waybill.connectors.SourceException;
import dev.waybill.connectors.SourceFile;
import dev.waybill.connectors.SourcePage;
import dev.waybill.connectors.SourcePath;
import dev.waybill.connectors.SourceProfile;
import dev.waybill.connectors.SourceProfile.Check;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The check of a source that has an account and files only: whose the credentials are, and what they may list and read.
 */
public final class AccountCheck {

    /** Files to list to find one that is not empty. */
    private static final int SAMPLE = 20;

    /** Above this skew signed tokens may be rejected. */
    private static final Duration TOLERABLE = Duration.ofMinutes(5);

    private final Source source;
    private final RestClient client;
    private final Supplier<String> account;
    private final Traits traits;
    private final List<Check> checks = new ArrayList<>();
    private @Nullable SourceException problem;
    private @Nullable String owner;
    private boolean lists;
    private boolean reads;

    /**
     * Known traits of the source.
     *
     * @param provider for messages
     * @param keepsVersions whether former versions can be read
     * @param maxPage the most files of a page
     * @param whenEmpty an additional message when there are no files; a sentence
     */
    public record Traits(
            String provider,
            String endpoint,
            boolean keepsVersions,
            List<Algorithm> checksums,
            int maxPage,
            String whenEmpty) {}

    /**
     * Creates a check.
     *
     * @param client of the source
     * @param account reads whose the credentials are; throws {@link SourceException} when they are rejected
     */
    public AccountCheck(Source source, RestClient client, Supplier<String> account, Traits traits) {
        this.source = source;
        this.client = client;
        this.account = account;
        this.traits = traits;
    }

    /** See {@link Source#check}. */
    public SourceProfile check(@Nullable SourcePath path) {
        String message = account();
        if (problem == null && path != null) {
            message = files(path);
        }
        clock();
        return new SourceProfile(
                problem == null ? null : problem.diagnosis(),
                message,
                traits.endpoint(),
                null,
                client.latency(),
                client.clockOffset(),
                owner,
                checks,
                new SourceProfile.Capabilities(
                        lists,
                        reads,
                        false,
                        false,
                        traits.keepsVersions(),
                        true,
                        reads,
                        traits.checksums(),
                        traits.maxPage(),
                        false,
                        false),
                Map.of(),
                null);
    }

    private String account() {
        try {
            owner = account.get();
            return passed("account", "The credentials hold; they are those of " + owner);
        } catch (SourceException refused) {
            if (refused.diagnosis() == Diagnosis.ACCESS_DENIED) {
                // An authorization error implies valid credentials.
                return passed("account", "The credentials hold");
            }
            return failed("account", refused);
        }
    }

    private void clock() {
        Duration offset = client.clockOffset();
        if (offset != null && offset.abs().compareTo(TOLERABLE) > 0) {
            checks.add(new Check(
                    "clock",
                    false,
                    Diagnosis.CLOCK_SKEW,
                    "%s is %d s %s of the service's clock"
                            .formatted(
                                    traits.provider(),
                                    offset.abs().toSeconds(),
                                    offset.isNegative() ? "behind" : "ahead")));
        }
    }

    private String files(SourcePath path) {
        Optional<SourceFile> sample = Optional.empty();
        boolean hasAny = false;
        try {
            SourcePage page = source.list(path, null, SAMPLE);
            hasAny = !page.files().isEmpty() || page.next() != null;
            sample = page.files().stream()
                    .filter(file -> file.kind() == SourceFile.Kind.FILE && file.sizeBytes() > 0)
                    .findFirst();
            lists = true;
        } catch (SourceException refused) {
            return failed("list", refused);
        }
        passed("list", "Files can be listed");
        if (sample.isEmpty()) {
            return hasAny
                    ? "'%s' can be listed; no file was there to try to read".formatted(path)
                    : "'%s' can be listed; nothing lies there yet. %s".formatted(path, traits.whenEmpty());
        }
        return read(path, sample.get());
    }

    private String read(SourcePath path, SourceFile file) {
        try (SourceContent content = source.open(path, file, file.sizeBytes() - 1)) {
            content.bytes().read();
            reads = true;
            passed("read", "Files can be read");
            passed("range", "Reading can go on in the middle");
            return "'%s' can be listed and read".formatted(path);
        } catch (SourceException refused) {
            return failed("read", refused);
        } catch (IOException brokenOff) {
            return failed(
                    "read",
                    new SourceException(
                            Diagnosis.NETWORK,
                            traits.provider() + " breaks off while a file is read",
                            true,
                            null,
                            brokenOff));
        }
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
