package dev.waybill.connectors.mux;

import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.Source;
import dev.waybill.connectors.SourceException;
import dev.waybill.connectors.SourceFile;
import dev.waybill.connectors.SourcePage;
import dev.waybill.connectors.SourcePath;
import dev.waybill.testing.Kits;
import dev.waybill.testing.Lie;
import dev.waybill.testing.Lie.Twist;
import dev.waybill.testing.Lying;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The tests of {@link MuxTraps} detect readers with faults. */
class MuxKitTests {

    private static final List<Lie<Source>> LIES = List.of(
            Lie.none(Source.class),
            lie(
                    "goes by page numbers",
                    "list",
                    call -> {
                        String cursor = call.argument(1);
                        int from = cursor == null ? 0 : Integer.parseInt(cursor);
                        List<SourceFile> all = all(call.truth(), call.argument(0));
                        int to = Math.min(all.size(), from + 100);
                        return new SourcePage(
                                all.subList(Math.min(from, to), to), to < all.size() ? String.valueOf(to) : null);
                    },
                    "newAssetsDuringAListingLoseNoOthers"),
            lie(
                    "lists the newest only",
                    "list",
                    call -> new SourcePage(call.<SourcePage>proceed().files(), null),
                    "aRepeatedCursorEndsTheListing",
                    "newAssetsDuringAListingLoseNoOthers"),
            lie(
                    "follows every cursor",
                    "list",
                    call -> {
                        try {
                            return call.proceed();
                        } catch (SourceException circle) {
                            if (circle.diagnosis() != Diagnosis.BROKEN_LISTING) {
                                throw circle;
                            }
                            return new SourcePage(List.of(), call.argument(1));
                        }
                    },
                    "aRepeatedCursorEndsTheListing"),
            lie(
                    "lists nothing that is not ready",
                    "list",
                    call -> {
                        SourcePage page = call.proceed();
                        return new SourcePage(
                                page.files().stream()
                                        .filter(file -> file.kind() != SourceFile.Kind.PENDING)
                                        .toList(),
                                page.next());
                    },
                    "anAssetIsListedInEachStatus"),
            lie(
                    "reads no sizes that are texts",
                    "list",
                    each(file -> file(0, file.note(), file)),
                    "anAssetIsListedInEachStatus"),
            lie(
                    "does not say why",
                    "list",
                    each(file -> file(file.sizeBytes(), null, file)),
                    "anAssetIsListedInEachStatus",
                    "whyAnAssetCannotBeReadIsReported"),
            lie(
                    "takes a wish for patience for a failure",
                    "list",
                    patience(call -> {
                        throw new SourceException(Diagnosis.NETWORK, "It does not work");
                    }),
                    "throttlingIsReportedAndNotRetried"),
            lie("has no patience", "open", patience(Lie.Call::proceed), "throttlingIsReportedAndNotRetried"));

    @TestFactory
    Stream<DynamicTest> aReaderThatFallsIntoATrapIsDetected() {
        return Kits.tests(Liar.class, LIES);
    }

    private static Lie<Source> lie(String name, String method, Twist twist, String... red) {
        return Lie.of(Source.class, name, method, twist, red);
    }

    private static List<SourceFile> all(Source source, SourcePath path) {
        List<SourceFile> all = new ArrayList<>();
        @Nullable String cursor = null;
        do {
            SourcePage page = source.list(path, cursor, 1_000);
            all.addAll(page.files());
            cursor = page.next();
        } while (cursor != null);
        return all;
    }

    private static Twist each(UnaryOperator<SourceFile> change) {
        return call -> {
            SourcePage page = call.proceed();
            return new SourcePage(page.files().stream().map(change).toList(), page.next());
        };
    }

    private static SourceFile file(long size, @Nullable String note, SourceFile like) {
        return new SourceFile(
                like.id(),
                like.key(),
                size,
                like.modifiedAt(),
                like.version(),
                like.facts(),
                like.contentType(),
                like.storageClass(),
                like.kind(),
                like.metadata(),
                note);
    }

    /** @param instead what is done when Mux throttles */
    private static Twist patience(Twist instead) {
        return call -> {
            try {
                return call.proceed();
            } catch (SourceException throttled) {
                if (throttled.diagnosis() != Diagnosis.THROTTLED) {
                    throw throttled;
                }
                return instead.answer(call);
            }
        };
    }

    @Lying
    static class Liar extends MuxTraps {

        static List<Lie<Source>> lies() {
            return LIES;
        }

        private final Source source;

        Liar(Lie<Source> lie) {
            source = lie.over(mux.open());
        }

        @Override
        Source source() {
            return source;
        }
    }
}
