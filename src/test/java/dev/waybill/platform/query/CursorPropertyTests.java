package dev.waybill.platform.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.query.Cursor.At;
import dev.waybill.platform.query.Sort.Direction;
import dev.waybill.platform.text.Letters;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Base64;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CursorPropertyTests {

    private static final Sort NEWEST = Sort.descending("created_at");

    @Property
    void comesBackAsItWent(@ForAll("cursors") Cursor cursor) {
        String wire = cursor.encode("things");
        assertThat(wire).matches("[A-Za-z0-9_-]+");
        assertThat(Cursor.decode(wire, cursor.sort(), "things")).isEqualTo(cursor);
    }

    @Property
    void belongsToItsOrderOnly(@ForAll("cursors") Cursor cursor) {
        Direction other = cursor.sort().direction() == Direction.ASC ? Direction.DESC : Direction.ASC;
        refused(cursor.encode("things"), new Sort(cursor.sort().field(), other));
        refused(
                cursor.encode("things"),
                new Sort(cursor.sort().field() + "x", cursor.sort().direction()));
    }

    @Property
    void anyTextIsRefusedInOneWay(@ForAll String wire) {
        refused(wire, NEWEST);
    }

    @Property
    void anyBytesAreRefusedInOneWay(@ForAll byte[] bytes) {
        refused(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes), NEWEST);
    }

    @Property
    void aChangedCharacterIsNoticed(@ForAll("cursors") Cursor cursor, @ForAll int position, @ForAll char other) {
        StringBuilder wire = new StringBuilder(cursor.encode("things"));
        int at = Math.floorMod(position, wire.length());
        if (wire.charAt(at) != other) {
            wire.setCharAt(at, other);
            refused(wire.toString(), cursor.sort());
        }
    }

    @Example
    void longValuesAreReadFromTheRowAgain() {
        assertThat(Cursor.after(NEWEST, "x".repeat(1024), "id").at()).isEqualTo(At.VALUE);
        Cursor left = Cursor.after(NEWEST, "x".repeat(1025), "id");
        assertThat(left).isEqualTo(new Cursor(NEWEST, At.ROW, null, "id"));
        assertThat(left.encode("things")).hasSizeLessThan(100);
    }

    @Provide
    Arbitrary<Cursor> cursors() {
        Arbitrary<Sort> sorts = Combinators.combine(
                        Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(30), Arbitraries.of(Direction.class))
                .as(Sort::new);
        Arbitrary<Object> values = Arbitraries.oneOf(
                Arbitraries.strings().excludeChars('\0').ofMaxLength(50).filter(Letters::isWhole),
                Arbitraries.longs(),
                Arbitraries.doubles(),
                Arbitraries.bigDecimals().between(new BigDecimal("-1E30"), new BigDecimal("1E30")),
                Arbitraries.of(true, false),
                Arbitraries.longs()
                        .between(-62_135_596_800_000L, 253_402_300_799_999L)
                        .map(Instant::ofEpochMilli));
        Arbitrary<String> ids =
                Arbitraries.strings().alpha().numeric().withChars("_/").ofMaxLength(60);
        return Combinators.combine(sorts, values.injectNull(0.1), ids, Arbitraries.of(At.class))
                .as((sort, value, id, at) -> new Cursor(sort, at, at == At.VALUE ? value : null, id));
    }

    private static void refused(String wire, Sort sort) {
        Throwable failure = catchThrowable(() -> Cursor.decode(wire, sort, "things"));
        assertThat(failure).isInstanceOf(WaybillException.class);
        assertThat(((WaybillException) failure).code()).isEqualTo(ErrorCode.INVALID_CURSOR);
    }
}
