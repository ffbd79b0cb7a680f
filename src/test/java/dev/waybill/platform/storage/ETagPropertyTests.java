package dev.waybill.platform.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class ETagPropertyTests {

    @Property
    void quotesWeaknessAndCaseMakeNoDifference(@ForAll("md5") String md5, @ForAll("dress") Dress dress) {
        ETag stored = ETag.of('"' + md5 + '"', true);
        assertThat(stored.matches(dress.on(md5))).isTrue();
        assertThat(ETag.of(dress.on(md5), true).matches(md5)).isTrue();
        assertThat(ETag.of(dress.on(md5), true).value()).isEqualToIgnoringCase(md5);
        assertThat(ETag.of(dress.on(md5), true).kind()).isEqualTo(ETag.Kind.MD5);
    }

    @Property
    void anotherTagDoesNotMatch(@ForAll("md5") String one, @ForAll("md5") String other, @ForAll("dress") Dress dress) {
        assertThat(ETag.of(one, true).matches(dress.on(other))).isEqualTo(one.equalsIgnoreCase(other));
        assertThat(ETag.of(one, true).matches("")).isFalse();
        assertThat(ETag.of(one, true).matches("\"")).isFalse();
        assertThat(ETag.of(one, true).matches(one.substring(1))).isFalse();
    }

    @Property
    void aTagOfPartsIsNoHash(
            @ForAll("md5") String md5,
            @ForAll @IntRange(min = 1, max = 10_000) int parts,
            @ForAll boolean hashed,
            @ForAll("dress") Dress dress) {
        ETag etag = ETag.of(dress.on(md5 + "-" + parts), hashed);
        assertThat(etag.kind()).isEqualTo(ETag.Kind.MULTIPART);
        assertThat(etag.matches(md5 + "-" + parts)).isTrue();
        assertThat(etag.matches(md5)).isFalse();
    }

    @Property
    void underAKeyAnMd5LooksLikeOneAndIsNone(@ForAll("md5") String md5) {
        assertThat(ETag.of(md5, false).kind()).isEqualTo(ETag.Kind.OPAQUE);
    }

    @Property
    void whateverElseIsOpaque(@ForAll("opaque") String tag, @ForAll("dress") Dress dress) {
        ETag etag = ETag.of(dress.on(tag), true);
        assertThat(etag.kind()).isEqualTo(ETag.Kind.OPAQUE);
        assertThat(etag.matches('"' + tag + '"')).isTrue();
    }

    @Example
    void nothingIsNoTag() {
        for (String nothing : new String[] {"", " ", "\"\"", "W/\"\""}) {
            assertThatThrownBy(() -> ETag.of(nothing, true)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Provide
    Arbitrary<String> md5() {
        return Arbitraries.strings().withChars("0123456789abcdef").ofLength(32);
    }

    @Provide
    Arbitrary<String> opaque() {
        return Arbitraries.strings()
                .withChars("0123456789abcdefXYZ-_")
                .ofMinLength(1)
                .ofMaxLength(31);
    }

    @Provide
    Arbitrary<Dress> dress() {
        return Combinators.combine(
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false),
                        Arbitraries.of("", " ", "\t"))
                .as(Dress::new);
    }

    /** How clients and proxies dress a tag up. */
    record Dress(boolean quoted, boolean weak, boolean upperCase, String space) {

        String on(String tag) {
            String value = upperCase ? tag.toUpperCase(Locale.ROOT) : tag;
            value = quoted ? '"' + value + '"' : value;
            return space + (weak ? "W/" + value : value) + space;
        }
    }
}
