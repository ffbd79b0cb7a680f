package dev.waybill.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.connectors.ScriptedFiles.Content;
import dev.waybill.connectors.ScriptedFiles.Draft;
import dev.waybill.connectors.ScriptedSource.Call;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The scripted source meets the contract, and follows its script. */
class ScriptedSourceTests extends SourceContract {

    private static final SourcePath ALL = new SourcePath(ScriptedSource.BUCKET, "", true);

    private final ScriptedElsewhere elsewhere = ScriptedElsewhere.create();
    private final ScriptedSource script = elsewhere.script();
    private final Source source = elsewhere.source();

    @Override
    protected Elsewhere elsewhere() {
        return elsewhere;
    }

    @Test
    void theNthCallFailsAndNoOther() {
        script.on(Call.LIST).nth(2).fails(Diagnosis.NETWORK);
        source.list(ALL, null, 10);
        assertThatThrownBy(() -> source.list(ALL, null, 10))
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.diagnosis()).isEqualTo(Diagnosis.NETWORK));
        source.list(ALL, null, 10);
        assertThat(script.calls(Call.LIST)).isEqualTo(3);
    }

    @Test
    void oneKeyIsThrottledForAWhile() throws IOException {
        SourceFile slow = script.put("slow", "bytes");
        SourceFile quick = script.put("quick", "bytes");
        script.on(Call.OPEN).of("slow").times(2).throttles(Duration.ofSeconds(7));
        source.open(ALL, quick, 0).close();
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> source.open(ALL, slow, 0))
                    .isInstanceOfSatisfying(
                            SourceException.class,
                            e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(7)));
        }
        source.open(ALL, slow, 0).close();
        assertThat(script.opened()).containsExactly("quick", "slow");
    }

    @Test
    void streamsEndShortAndBreakOffWhereTheyShould() throws IOException {
        SourceFile file = script.put("a", "0123456789");
        script.on(Call.READ).of("a").behind(3).once().endsShort();
        script.on(Call.READ).of("a").behind(5).once().breaksOff();
        try (SourceContent content = source.open(ALL, file, 0)) {
            assertThat(content.bytes().readAllBytes()).asString().isEqualTo("012");
        }
        try (SourceContent content = source.open(ALL, file, 3)) {
            assertThat(content.bytes().readNBytes(2)).asString().isEqualTo("34");
            assertThatThrownBy(() -> content.bytes().read()).isInstanceOf(IOException.class);
        }
        assertThat(script.reading()).isZero();
    }

    @Test
    void aFileChangesRightBeforeItIsOpenedOrWhileItIsRead() throws IOException {
        SourceFile file = script.put("a", "0123456789");
        script.on(Call.READ).of("a").behind(4).once().does(() -> script.put("a", "changed"));
        try (SourceContent content = source.open(ALL, file, 0)) {
            assertThat(content.bytes().readAllBytes()).asString().isEqualTo("0123456789");
        }
        SourceFile changed = source.find(ALL, "a").orElseThrow();
        assertThat(changed.version()).isNotEqualTo(file.version());
        script.on(Call.OPEN).once().does(() -> script.put("a", "changed again"));
        assertThatThrownBy(() -> source.open(ALL, changed, 0)).isInstanceOf(SourceException.class);
    }

    @Test
    void credentialsEndAndAreRenewed() {
        script.expire();
        assertThatThrownBy(() -> source.list(ALL, null, 10))
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.diagnosis()).isEqualTo(Diagnosis.EXPIRED_CREDENTIALS));
        assertThat(source.check(ALL).problem()).isEqualTo(Diagnosis.EXPIRED_CREDENTIALS);
        script.renew();
        assertThat(source.list(ALL, null, 10).files()).isEmpty();
    }

    @Test
    void itListsEmptyPagesAndCyclesOnRequest() {
        List.of("a", "b", "c").forEach(key -> script.put(key, key));
        script.emptyPageEvery(2);
        SourcePage first = source.list(ALL, null, 1);
        SourcePage second = source.list(ALL, first.next(), 1);
        assertThat(second.files()).isEmpty();
        assertThat(second.next()).isNotNull().isNotEqualTo(first.next());
        assertThat(source.list(ALL, second.next(), 1).files())
                .extracting(SourceFile::key)
                .containsExactly("b");
        script.emptyPageEvery(0);
        script.goesInCirclesAt(2);
        assertThat(source.list(ALL, first.next(), 1).next()).isEqualTo(first.next());
    }

    @Test
    void hugeFilesNeedNoMemory() throws IOException {
        long size = 6L << 30;
        SourceFile file = script.put("huge", Draft.of(Content.zeros(size)));
        try (SourceContent content = source.open(ALL, file, size - 10)) {
            assertThat(content.length()).isEqualTo(10);
            assertThat(content.bytes().readAllBytes()).isEqualTo(new byte[10]);
        }
    }

    @Test
    void aWrongSecretOpensNothing() {
        ConnectorConfig good = script.read(ScriptedSource.settings(), "body");
        ConnectorConfig wrong = new ConnectorConfig(
                good.provider(), good.settings(), Map.of("credentials.secret_access_key", "wrong"), good.identity());
        assertThat(script.open(wrong).check(null).problem()).isEqualTo(Diagnosis.INVALID_CREDENTIALS);
        assertThat(good.settings().toString()).doesNotContain(ScriptedSource.SECRET);
    }
}
