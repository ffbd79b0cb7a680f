package dev.waybill.connectors.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.connectors.rest.Pools;
import dev.waybill.connectors.rest.RestCall;
import dev.waybill.connectors.rest.RestClient;
import java.net.URI;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Signatures equal those of Azure's own library. */
class SharedKeyTests {

    private static final String BASE = "https://devaccount.blob.core.windows.net/";

    @Property
    void signaturesAreAzuresOwn(
            @ForAll("keys") String key,
            @ForAll("keys") String prefix,
            @ForAll("keys") String marker,
            @ForAll("etags") String etag,
            @ForAll boolean isListing) {
        Map<String, String> query = new LinkedHashMap<>();
        if (isListing) {
            query.put("restype", "container");
            query.put("comp", "list");
            query.put("prefix", prefix);
            query.put("marker", marker);
            query.put("include", "metadata");
        }
        String fields = RestCall.query(query);
        RestCall request = RestCall.get(URI.create(BASE
                        + "container/"
                        + (isListing ? "" : RestCall.encode(key))
                        + (fields.isEmpty() ? "" : "?" + fields)))
                .with("x-ms-version", "2021-12-02");
        RestCall call = isListing ? request : request.with("If-Match", etag).with("Range", "bytes=5-");
        RestCall signed = key(Instant.parse("2026-11-27T17:00:00.123Z")).sign(call);
        Map<String, String> headers = new LinkedHashMap<>(signed.headers());
        String authorization = headers.remove("Authorization");
        assertThat(signed.headers()).containsEntry("x-ms-date", "Fri, 27 Nov 2026 17:00:00 GMT");
        assertThat(authorization)
                .isEqualTo(FakeAuthorization.signature(signed.uri().toString(), headers));
    }

    @Provide
    Arbitrary<String> keys() {
        return Arbitraries.strings()
                .ofMinLength(1)
                .ofMaxLength(40)
                .filter(text -> text.codePoints().allMatch(Character::isDefined)
                        && text.chars().noneMatch(unit -> Character.isSurrogate((char) unit) || unit == 0));
    }

    @Provide
    Arbitrary<String> etags() {
        return Arbitraries.strings().withCharRange('0', 'F').ofLength(15).map(hex -> "\"0x" + hex + "\"");
    }

    private static SharedKey key(Instant now) {
        RestClient client = Pools.with(Pools.LOOPBACK, () -> now).open().to(URI.create(BASE), true);
        return new SharedKey(FakeAzure.ACCOUNT, Base64.getDecoder().decode(FakeAzure.KEY), client);
    }
}
