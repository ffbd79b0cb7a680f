package dev.waybill.extraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.waybill.extraction.ExtractionException.Kind;
import dev.waybill.platform.errors.InvalidRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Contract of extractors. */
abstract class ExtractorContract {

    abstract Extractor extractor();

    /** Files of different kinds that it makes something of. */
    abstract List<Sample> samples() throws Exception;

    @Test
    void hasANameThatFitsIntoAnId() {
        assertThat(extractor().name()).matches("[a-z][a-z0-9]*(_[a-z0-9]+)*");
        assertThat(extractor().version()).matches("v[1-9][0-9]*");
    }

    @Test
    void makesTheSameAgain() throws Exception {
        for (Sample sample : samples()) {
            CollectingSink first = sample.through(extractor());
            CollectingSink again = sample.through(extractor());

            assertThat(first.documents).as(sample.filename()).isNotEmpty().isEqualTo(again.documents);
            assertThat(again.stored.keySet()).isEqualTo(first.stored.keySet());
            first.stored.forEach((name, stored) ->
                    assertThat(again.stored.get(name).bytes()).as(name).isEqualTo(stored.bytes()));
        }
    }

    @Test
    void takesTheTypesThatItExtractsFrom() throws Exception {
        assertThat(samples())
                .allSatisfy(sample -> assertThat(extractor().takes(sample.mediaType()))
                        .as(sample.mediaType())
                        .isTrue());
    }

    @Test
    void makesJsonWithNamesInSnakeCase() throws Exception {
        JsonMapper json = JsonMapper.builder().build();
        for (Sample sample : samples()) {
            for (Map<String, Object> document : sample.through(extractor()).documents) {
                assertThat(document.keySet()).allMatch(name -> name.matches("[a-z][a-z0-9]*(_[a-z0-9]+)*"));
                assertThat(document.values()).doesNotContainNull();
                String written = json.writeValueAsString(document);
                assertThat(json.readTree(written))
                        .isEqualTo(json.readTree(json.writeValueAsString(json.readValue(written, Map.class))));
            }
        }
    }

    @Test
    void leavesNoStreamOpen() throws Exception {
        for (Sample sample : samples()) {
            sample.through(extractor());
            assertThat(sample.open()).as(sample.filename()).hasValue(0);
        }
    }

    @Test
    void refusesParametersThatItDoesNotKnow() {
        assertThatCode(() -> extractor().checkParameters(Map.of())).doesNotThrowAnyException();
        assertThatExceptionOfType(InvalidRequest.class)
                .isThrownBy(() -> extractor().checkParameters(Map.of("no_such_thing", 1)))
                .satisfies(refusal -> assertThat(refusal.violations())
                        .singleElement()
                        .satisfies(violation -> assertThat(violation.location())
                                .isEqualTo(List.of("body", "params", "no_such_thing"))));
    }

    @Test
    void reportsAnEmptyFile() throws Exception {
        for (Sample sample : samples()) {
            Sample empty = sample.truncated(0);
            assertThatExceptionOfType(ExtractionException.class)
                    .isThrownBy(() -> empty.through(extractor()))
                    .satisfies(failure -> assertThat(failure.kind()).isEqualTo(Kind.EMPTY));
            // The size was not known before.
            assertThatExceptionOfType(ExtractionException.class)
                    .isThrownBy(() -> extractor()
                            .extract(
                                    new ExtractionSource(
                                            empty.filename(),
                                            empty.mediaType(),
                                            1,
                                            empty.source().bytes()),
                                    Map.of(),
                                    new CollectingSink()))
                    .satisfies(failure -> assertThat(failure.kind()).isEqualTo(Kind.EMPTY));
        }
    }

    @Test
    void aSourceThatCannotBeReadIsNotTheFilesFault() throws Exception {
        Sample sample = samples().getFirst();
        ExtractionSource away = new ExtractionSource(sample.filename(), sample.mediaType(), 10, () -> {
            throw new IOException("storage is away");
        });

        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> extractor().extract(away, Map.of(), new CollectingSink()));
    }
}
