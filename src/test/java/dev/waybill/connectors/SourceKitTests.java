package dev.waybill.connectors;

import dev.waybill.connectors.SourceContent.Algorithm;
import dev.waybill.connectors.SourceContent.Checksum;
import dev.waybill.testing.Kits;
import dev.waybill.testing.Lie;
import dev.waybill.testing.Lie.Twist;
import dev.waybill.testing.Lying;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The contract tests of sources detect faulty implementations. */
class SourceKitTests {

    /** Faults besides those of listings. */
    private static final List<Lie<Source>> REST = List.of(
            Lie.none(Source.class),
            lie(
                    "lists backwards",
                    "list",
                    call -> {
                        SourcePage page = call.proceed();
                        return new SourcePage(page.files().reversed(), page.next());
                    },
                    "aCursorIsGoodForAnotherInstance",
                    "aFolderEndsAtItsSlash",
                    "filesThatComeAndGoBehindACursorDoNotShiftIt",
                    "manyMayReadAtOnce",
                    "tagsAreReturnedAsTheyAre",
                    "keysComeInTheirOrderInPagesThatAreBounded"),
            lie(
                    "flips a bit",
                    "open",
                    call -> changed(call.proceed(), bytes -> {
                        if (bytes.length > 0) {
                            bytes[bytes.length - 1] ^= 1;
                        }
                        return bytes;
                    }),
                    "bytesAreReadAsTheyAre",
                    "manyMayReadAtOnce",
                    "oddKeysStayAsTheyAreAndApart",
                    "readingGoesOnInTheMiddle",
                    "whatIsPackedStaysSo"),
            lie(
                    "does not say that bytes are packed",
                    "open",
                    call -> {
                        SourceContent content = call.proceed();
                        return new SourceContent(
                                content.bytes(),
                                content.length(),
                                content.contentType(),
                                null,
                                content.metadata(),
                                content.checksums());
                    },
                    "whatIsPackedStaysSo"),
            lie(
                    "makes checksums up",
                    "open",
                    call -> {
                        SourceContent content = call.proceed();
                        return with(content, List.of(new Checksum(Algorithm.MD5, "0".repeat(32))));
                    },
                    "bytesAreReadAsTheyAre",
                    "readingGoesOnInTheMiddle",
                    "whatIsPackedStaysSo"),
            lie(
                    "always begins at the beginning",
                    "open",
                    call -> call.with(2, 0L).proceed(),
                    "readingGoesOnInTheMiddle",
                    "whatIsPackedStaysSo"),
            lie(
                    "tells of a part what is said of all",
                    "open",
                    call -> {
                        SourceContent content = call.proceed();
                        try (SourceContent all = call.with(2, 0L).proceed()) {
                            return with(content, all.checksums());
                        }
                    },
                    "readingGoesOnInTheMiddle"),
            lie(
                    "lists nothing that is empty",
                    "list",
                    call -> {
                        SourcePage page = call.proceed();
                        return new SourcePage(
                                page.files().stream()
                                        .filter(file -> file.sizeBytes() > 0)
                                        .toList(),
                                page.next());
                    },
                    "anEmptyFileIsAFile",
                    "foldersAreMarkedAndNoFiles"),
            lie(
                    "reads what is there now",
                    "open",
                    call -> {
                        SourceFile file = call.argument(1);
                        return call.with(1, now(call, file)).proceed();
                    },
                    "anotherVersionIsNeverRead"),
            lie(
                    "goes on with what is there now",
                    "open",
                    call -> {
                        SourceFile file = call.argument(1);
                        return call.<Long>argument(2) == 0
                                ? call.proceed()
                                : call.with(1, now(call, file)).proceed();
                    },
                    "anotherVersionIsNeverRead"),
            lie(
                    "takes what is gone for changed",
                    "open",
                    call -> {
                        try {
                            return call.proceed();
                        } catch (SourceException e) {
                            throw new SourceException(Diagnosis.CHANGED_DURING_READ, e.getMessage());
                        }
                    },
                    "aMissingFileIsReportedAsVanished"),
            lie(
                    "tells metadata in capitals",
                    "open",
                    call -> {
                        SourceContent content = call.proceed();
                        Map<String, String> capitals = new HashMap<>();
                        content.metadata().forEach((name, value) -> capitals.put(name.toUpperCase(Locale.ROOT), value));
                        return new SourceContent(
                                content.bytes(),
                                content.length(),
                                content.contentType(),
                                content.contentEncoding(),
                                capitals,
                                content.checksums());
                    },
                    "metadataIsReturnedInLowerCase"),
            lie("loses tags", "tags", call -> Map.of(), "tagsAreReturnedAsTheyAre"),
            lie(
                    "has ten streams and no more",
                    "open",
                    call -> {
                        boolean isLarge = call.<SourceFile>argument(1).sizeBytes() > 1_000_000;
                        if (isLarge && (int) call.memory().merge("opened", 1, (a, b) -> (int) a + (int) b) > 10) {
                            throw new SourceException(Diagnosis.NETWORK, "no stream is left");
                        }
                        return call.proceed();
                    },
                    "aStreamThatIsClosedEarlyBlocksNothing"),
            lie(
                    "finds fault with everything",
                    "check",
                    call -> problem(call.proceed(), Diagnosis.BUCKET_NOT_FOUND),
                    "whatWorksIsChecked"),
            lie(
                    "throws when it is checked",
                    "check",
                    call -> {
                        SourceProfile profile = call.proceed();
                        if (profile.problem() != null) {
                            throw new SourceException(profile.problem(), profile.message());
                        }
                        return profile;
                    },
                    "aMissingBucketIsReportedByTheCheckAndThrownOtherwise"),
            lie(
                    "takes a missing bucket for an empty one",
                    "list",
                    call -> {
                        try {
                            return call.proceed();
                        } catch (SourceException missing) {
                            return new SourcePage(List.of(), null);
                        }
                    },
                    "aMissingBucketIsReportedByTheCheckAndThrownOtherwise"),
            lie(
                    "mixes up who asked what",
                    "open",
                    call -> Thread.currentThread().isVirtual()
                            ? changed(call.proceed(), bytes -> "mixed".getBytes())
                            : call.proceed(),
                    "manyMayReadAtOnce"));

    private static final List<Lie<Source>> LIES =
            Stream.concat(REST.stream(), SourceListingLies.ALL.stream()).toList();

    @TestFactory
    Stream<DynamicTest> everyLieIsDetected() {
        return Kits.tests(Liar.class, LIES);
    }

    private static Lie<Source> lie(String name, String method, Twist twist, String... red) {
        return Lie.of(Source.class, name, method, twist, red);
    }

    private static SourceFile now(Lie.Call call, SourceFile file) {
        SourcePath path = call.argument(0);
        return call.<Source>truth().find(path, file.key()).orElse(file);
    }

    private static SourceContent changed(SourceContent content, UnaryOperator<byte[]> change) throws IOException {
        byte[] bytes = change.apply(content.bytes().readAllBytes());
        content.close();
        return new SourceContent(
                new ByteArrayInputStream(bytes),
                content.length(),
                content.contentType(),
                content.contentEncoding(),
                content.metadata(),
                content.checksums());
    }

    private static SourceContent with(SourceContent content, List<Checksum> checksums) {
        return new SourceContent(
                content.bytes(),
                content.length(),
                content.contentType(),
                content.contentEncoding(),
                content.metadata(),
                new ArrayList<>(checksums));
    }

    private static SourceProfile problem(SourceProfile profile, @Nullable Diagnosis problem) {
        return new SourceProfile(
                problem,
                profile.message(),
                profile.endpoint(),
                profile.region(),
                profile.latency(),
                profile.clockOffset(),
                profile.account(),
                profile.checks(),
                profile.capabilities(),
                profile.restrictions(),
                profile.expiresAt());
    }

    @Lying
    static class Liar extends SourceContract {

        static List<Lie<Source>> lies() {
            return LIES;
        }

        private final ScriptedElsewhere honest = ScriptedElsewhere.create();
        private final Elsewhere elsewhere;

        Liar(Lie<Source> lie) {
            Source source = lie.over(honest.source());
            elsewhere = new Elsewhere() {
                @Override
                public Source source() {
                    return source;
                }

                @Override
                public Source another() {
                    return lie.over(honest.another());
                }

                @Override
                public String bucket() {
                    return honest.bucket();
                }

                @Override
                public void put(String key, byte[] bytes, Map<String, String> metadata, Map<String, String> tags) {
                    honest.put(key, bytes, metadata, tags);
                }

                @Override
                public boolean putPacked(String key, byte[] bytes) {
                    return honest.putPacked(key, bytes);
                }

                @Override
                public void remove(String key) {
                    honest.remove(key);
                }
            };
        }

        @Override
        protected Elsewhere elsewhere() {
            return elsewhere;
        }
    }
}
