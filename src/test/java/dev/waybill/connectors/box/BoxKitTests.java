package dev.waybill.connectors.box;

import dev.waybill.connectors.Connector;
import dev.waybill.connectors.ConnectorConfig;
import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.Renewal;
import dev.waybill.connectors.Source;
import dev.waybill.connectors.SourceException;
import dev.waybill.connectors.SourceFile;
import dev.waybill.connectors.SourcePage;
import dev.waybill.connectors.SourcePath;
import dev.waybill.testing.Kits;
import dev.waybill.testing.Lie;
import dev.waybill.testing.Lie.Twist;
import dev.waybill.testing.Lying;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The tests of {@link BoxTraps} detect readers with faults. */
class BoxKitTests {

    private static final List<Lie<Connector>> LIES = List.of(
            Lie.none(Connector.class),
            reads(
                    "follows every marker",
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
                    "aRepeatedMarkerEndsTheListing"),
            reads(
                    "goes by offsets",
                    "list",
                    call -> {
                        String cursor = call.argument(1);
                        int from = cursor == null ? 0 : Integer.parseInt(cursor);
                        SourcePage all = call.with(1, null).with(2, 1_000).proceed();
                        int to = Math.min(all.files().size(), from + call.<Integer>argument(2));
                        boolean isLast = to == all.files().size() && all.next() == null;
                        return new SourcePage(
                                all.files().subList(Math.min(from, to), to), isLast ? null : String.valueOf(to));
                    },
                    "concurrentChangesLoseNoOtherFiles"),
            reads(
                    "takes a file that was moved for another one",
                    "list",
                    each(file -> file(file.key(), file.version(), file)),
                    "aFileKeepsItsIdWhenItIsRenamedOrMoved"),
            reads(
                    "takes a name for a part of the version",
                    "list",
                    each(file -> file(file.id(), file.version() + "/" + file.key(), file)),
                    "aFileKeepsItsIdWhenItIsRenamedOrMoved"),
            reads(
                    "opens what is called so now",
                    "open",
                    call -> {
                        SourcePath path = call.argument(0);
                        SourceFile file = call.argument(1);
                        SourceFile now = call.<Source>truth()
                                .find(path, file.key())
                                .orElseThrow(() -> new SourceException(Diagnosis.VANISHED, "It is gone"));
                        return call.with(1, now).proceed();
                    },
                    "aFileKeepsItsIdWhenItIsRenamedOrMoved"),
            reads(
                    "takes a wish for patience for a failure",
                    "list",
                    patience(call -> {
                        throw new SourceException(Diagnosis.NETWORK, "It does not work");
                    }),
                    "throttlingIsReportedAndNotRetried"),
            reads("has no patience", "open", patience(Lie.Call::proceed), "throttlingIsReportedAndNotRetried"),
            renews(
                    "renews what it was given first",
                    (config, renewal) ->
                            (isStale, exchange) -> renewal.renew(isStale, stored -> exchange.apply(config.secrets())),
                    "aRefreshTokenIsUsedOnceHoweverManyWantTheNextPair"),
            renews(
                    "renews what another one has renewed",
                    (config, renewal) -> (isStale, exchange) -> renewal.renew(stored -> true, exchange),
                    "aRefreshTokenIsUsedOnceHoweverManyWantTheNextPair"));

    @TestFactory
    Stream<DynamicTest> aReaderThatFallsIntoATrapIsDetected() {
        return Kits.tests(Liar.class, LIES);
    }

    /** A fault of the sources that it opens. */
    private static Lie<Connector> reads(String name, String method, Twist twist, String... red) {
        Lie<Source> lie = Lie.of(Source.class, name, method, twist, red);
        return Lie.of(Connector.class, name, "open", call -> lie.over(call.proceed()), red);
    }

    /** A faulty renewal of secrets. */
    @FunctionalInterface
    private interface Instead {

        Renewal of(ConnectorConfig config, Renewal renewal);
    }

    private static Lie<Connector> renews(String name, Instead instead, String... red) {
        return Lie.of(
                Connector.class,
                name,
                "open",
                call -> call.with(1, instead.of(call.argument(0), call.argument(1)))
                        .proceed(),
                red);
    }

    private static Twist each(UnaryOperator<SourceFile> change) {
        return call -> {
            SourcePage page = call.proceed();
            return new SourcePage(page.files().stream().map(change).toList(), page.next());
        };
    }

    private static SourceFile file(String id, String version, SourceFile like) {
        return new SourceFile(
                id,
                like.key(),
                like.sizeBytes(),
                like.modifiedAt(),
                version,
                like.facts(),
                like.contentType(),
                like.storageClass(),
                like.kind());
    }

    /** @param instead what is done when Box throttles */
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
    static class Liar extends BoxTraps {

        static List<Lie<Connector>> lies() {
            return LIES;
        }

        private final Connector connector;

        Liar(Lie<Connector> lie) {
            connector = lie.over(box.connector());
        }

        @Override
        Connector connector() {
            return connector;
        }
    }
}
