package dev.waybill.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.json.JsonMapper;

class CanonicalJsonTests {

    private final CanonicalJson same = new CanonicalJson(JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":1,\"b\":2}                    | { \"b\" : 2, \"a\" : 1 }",
                "{\"a\":{\"x\":1,\"y\":[{\"p\":1,\"q\":2}]}} | {\"a\": {\"y\": [{\"q\": 2, \"p\": 1}], \"x\": 1}}",
                "{\"a\":\"\\u00e9\"}                   | {\"a\":\"é\"}",
                "[1,2]                               | [1, 2]",
                "null                                | ` null `",
            })
    void equalDocumentsAreTheSame(String one, String other) {
        assertThat(written(one)).isEqualTo(written(other));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[1,2]                    | [2,1]",
                "{\"a\":1}                | {\"a\":1.0}",
                "{\"a\":1}                | {\"a\":\"1\"}",
                "{\"a\":null}             | {}",
                "{\"a\":1}                | {\"A\":1}",
                "{\"a\":\"x\"}            | {\"a\":\"x \"}",
                "{\"a\":0.1}              | {\"a\":0.10000000000000000001}",
                "{\"a\":9007199254740993} | {\"a\":9007199254740992}",
                "{\"a\":[]}               | {\"a\":{}}",
                "{\"a\":1e300}            | {\"a\":1e301}",
            })
    void differentDocumentsDiffer(String one, String other) {
        assertThat(written(one)).isNotEqualTo(written(other));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":", "nonsense", "{\"a\":1,\"a\":1}", "{\"a\": 1} x"})
    void whatIsNoJsonStaysAsItIs(String body) {
        assertThat(written(body)).isEqualTo(body);
    }

    @Test
    void anEmptyBodyIsABodyOfItsOwn() {
        assertThat(written("")).isEqualTo(written("")).isNotEqualTo(written("{}"));
    }

    private String written(String body) {
        return new String(same.of(body.getBytes(UTF_8)), UTF_8);
    }
}
