package dev.waybill.auth.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page on API keys in the documentation matches the access table. */
class KeysPageTests {

    private static final Path PAGE = Path.of("docs", "keys.md");
    private static final String BEGINNING = "| operation |";

    @Test
    void thePageShowsTheTable() throws IOException {
        String page = Files.readString(PAGE);
        String prose = page.substring(0, page.indexOf(BEGINNING));
        String current = prose + table();
        if (Boolean.getBoolean("openapi.update")) {
            Files.writeString(PAGE, current);
            page = current;
        }
        assertThat(page)
                .as("renew it: ./mvnw test -Dtest=KeysPageTests -Dopenapi.update=true")
                .isEqualTo(current);
    }

    private static String table() {
        Stream<String> rows = AccessTable.waybill()
                .filter(row -> !row.path().startsWith("/v1/connections"))
                .map(row -> "| `%s` | %s | %s | %s |\n"
                        .formatted(
                                row,
                                row.permission().wire(),
                                row.level().wire().replace('_', ' '),
                                kinds().map(kind -> row.narrowing(kind).wire()).collect(Collectors.joining(" | "))));
        String head = BEGINNING + " permission | acts on | "
                + kinds().map(kind -> kind.wire().replace('_', ' ')).collect(Collectors.joining(" | ")) + " |\n"
                + "| --- | --- | --- |" + kinds().map(kind -> " --- |").collect(Collectors.joining()) + "\n";
        return head + rows.collect(Collectors.joining());
    }

    private static Stream<ScopeKind> kinds() {
        return Arrays.stream(ScopeKind.values());
    }
}
