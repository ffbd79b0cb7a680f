package dev.waybill.syncs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.waybill.platform.errors.InvalidRequest;
import dev.waybill.syncs.runs.LedgerFilter;
import dev.waybill.syncs.runs.SyncJson;
import dev.waybill.tasks.TaskStatus;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests for ledger rows and retries. */
class SyncQuestionsTests {

    @Test
    void aLedgerIsFilteredByTheFieldsSent() {
        assertThat(ListLedgerRequest.EVERYTHING.read()).isEqualTo(new LedgerFilter(null, null, null, null));
        assertThat(read("{\"state\": \"filtered\", \"reason\": \"MIME\", \"key_prefix\": \"a/\", \"run_id\": \"r\"}"))
                .isEqualTo(new LedgerFilter("FILTERED", "MIME", "a/", "r"));
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"state\": \"nonsense\"}', state",
        "'{\"reason\": \"\\u0000\"}', reason",
        "'{\"key_prefix\": \"\\u0000\"}', key_prefix"
    })
    void invalidFieldsAreNamed(String json, String field) {
        assertThat(refused(() -> read(json))).containsExactly("body." + field);
    }

    @Test
    void deadLettersAreThoseInQuarantine() {
        assertThat(ListDeadLettersRequest.EVERYTHING.read())
                .isEqualTo(new LedgerFilter("QUARANTINED", null, null, null));
    }

    @Test
    void oneToAHundredKeysAreTriedAgain() {
        assertThat(new KeysRequest(List.of("b", "a", "b")).read()).containsExactly("b", "a");
        assertThat(new KeysRequest(keys(100)).read()).hasSize(100);
        assertThat(refused(() -> new KeysRequest(keys(101)).read())).containsExactly("body.keys");
        assertThat(refused(() -> new KeysRequest(List.of()).read())).containsExactly("body.keys");
        assertThat(refused(() -> new KeysRequest(null).read())).containsExactly("body.keys");
        assertThat(refused(() -> SyncJson.MAPPER
                        .readValue("{\"keys\": [null]}", KeysRequest.class)
                        .read()))
                .containsExactly("body.keys.0");
        assertThat(refused(() -> new KeysRequest(List.of("a", "")).read())).containsExactly("body.keys.1");
    }

    @Test
    void someOrAllOfTheDeadLettersAreTriedAgain() {
        assertThat(new RetryDeadLettersRequest(null, true).read()).isNull();
        assertThat(new RetryDeadLettersRequest(List.of("a"), null).read()).containsExactly("a");
        assertThat(new RetryDeadLettersRequest(List.of("a"), false).read()).containsExactly("a");
        assertThat(refused(() -> new RetryDeadLettersRequest(null, null).read()))
                .containsExactly("body.keys");
        assertThat(refused(() -> new RetryDeadLettersRequest(null, false).read()))
                .containsExactly("body.keys");
        assertThat(refused(() -> new RetryDeadLettersRequest(List.of("a"), true).read()))
                .containsExactly("body.keys");
    }

    @Test
    void aPauseHasAReason() {
        assertThat(PauseRequest.NO_REASON.read()).isEqualTo("Paused on request.");
        assertThat(new PauseRequest(" ").read()).isEqualTo("Paused on request.");
        assertThat(new PauseRequest("They move.").read()).isEqualTo("They move.");
        assertThat(refused(() -> new PauseRequest("x".repeat(501)).read())).containsExactly("body.reason");
    }

    @ParameterizedTest
    @ValueSource(strings = {"paused", "PAUSED", "Suspended"})
    void pausedIsAnOlderNameOfSuspended(String status) {
        assertThat(ListSyncsRequest.status(status)).isEqualTo(TaskStatus.SUSPENDED);
    }

    @Test
    void anUnknownStatusIsRefused() {
        assertThat(ListSyncsRequest.status(null)).isNull();
        assertThat(refused(() -> ListSyncsRequest.status("nonsense"))).containsExactly("body.status");
    }

    private static LedgerFilter read(String json) {
        return SyncJson.MAPPER.readValue(json, ListLedgerRequest.class).read();
    }

    private static List<String> keys(int count) {
        return IntStream.range(0, count).mapToObj(i -> "key-" + i).toList();
    }

    private static List<String> refused(Runnable reading) {
        InvalidRequest refusal = Objects.requireNonNull(catchThrowableOfType(InvalidRequest.class, reading::run));
        return refusal.violations().stream()
                .map(one -> String.join(
                        ".", one.location().stream().map(Object::toString).toList()))
                .toList();
    }
}
