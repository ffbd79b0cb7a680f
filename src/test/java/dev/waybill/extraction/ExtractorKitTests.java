package dev.waybill.extraction;

import dev.waybill.extraction.sandbox.Extraction;
import dev.waybill.testing.Kits;
import dev.waybill.testing.Lie;
import dev.waybill.testing.Lie.Twist;
import dev.waybill.testing.Lying;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The contract kit of extractors catches every extractor that breaks a promise. */
class ExtractorKitTests {

    private static final List<Lie<Extractor>> LIES = List.of(
            Lie.none(Extractor.class),
            lie("has a name that fits into no id", "name", call -> "Text-Extractor", "hasANameThatFitsIntoAnId"),
            lie("has no version", "version", call -> "", "hasANameThatFitsIntoAnId"),
            lie(
                    "makes something else each time",
                    "extract",
                    call -> adding(call, "run", call.memory().size()).proceed(),
                    "makesTheSameAgain"),
            lie("takes nothing", "takes", call -> false, "takesTheTypesThatItExtractsFrom"),
            lie(
                    "names things otherwise",
                    "extract",
                    call -> adding(call, "camelCase", 1).proceed(),
                    "makesJsonWithNamesInSnakeCase"),
            lie(
                    "leaves a stream open",
                    "extract",
                    call -> {
                        try {
                            call.<ExtractionSource>argument(0).bytes().getInputStream();
                        } catch (IOException e) {
                            // the extractor says so
                        }
                        return call.proceed();
                    },
                    "leavesNoStreamOpen"),
            lie("takes any parameter", "checkParameters", call -> null, "refusesParametersThatItDoesNotKnow"),
            lie(
                    "calls an empty file broken",
                    "extract",
                    call -> {
                        try {
                            return call.proceed();
                        } catch (ExtractionException e) {
                            throw new ExtractionException(ExtractionException.Kind.BROKEN, e.getMessage(), e);
                        }
                    },
                    "reportsAnEmptyFile"),
            lie(
                    "calls a file broken that could not be read",
                    "extract",
                    call -> {
                        try {
                            return call.proceed();
                        } catch (UncheckedIOException e) {
                            throw new ExtractionException(ExtractionException.Kind.BROKEN, "broken", e);
                        }
                    },
                    "aSourceThatCannotBeReadIsNotTheFilesFault"));

    @TestFactory
    Stream<DynamicTest> everyLieIsDetected() {
        return Kits.tests(Liar.class, LIES);
    }

    private static Lie<Extractor> lie(String name, String method, Twist twist, String... red) {
        return Lie.of(Extractor.class, name, method, twist, red);
    }

    /** The same call, with a sink that gets one field more in each document. */
    private static Lie.Call adding(Lie.Call call, String field, Object value) {
        call.memory().put(call.memory().size(), field);
        ExtractionSink sink = call.argument(2);
        return call.with(2, new ExtractionSink() {

            @Override
            public void document(Map<String, Object> fields) {
                Map<String, Object> more = new LinkedHashMap<>(fields);
                more.put(field, value);
                sink.document(more);
            }

            @Override
            public String store(String name, String contentType, byte[] bytes) {
                return sink.store(name, contentType, bytes);
            }
        });
    }

    @Lying
    static class Liar extends ExtractorContract {

        static List<Lie<Extractor>> lies() {
            return LIES;
        }

        private final Extractor extractor;

        Liar(Lie<Extractor> lie) {
            extractor = lie.over(Extraction.standard().text);
        }

        @Override
        Extractor extractor() {
            return extractor;
        }

        @Override
        List<Sample> samples() {
            return List.of(Sample.text("The ferry costs 12 euro."));
        }
    }
}
