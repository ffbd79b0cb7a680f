package dev.waybill.platform.storage.s3;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import javax.crypto.Mac;
import org.apache.commons.codec.digest.HmacAlgorithms;
import org.apache.commons.codec.digest.HmacUtils;

/**
 * The signing key of AWS Signature Version 4 for one day (UTC), with the texts that hold the date. It does not change,
 * so threads share it.
 */
final class SigningKey {

    private final long epochDay;
    private final String date;
    private final String scope;
    private final String credential;
    private final Mac keyed;

    private SigningKey(long epochDay, String date, String scope, String credential, Mac keyed) {
        this.epochDay = epochDay;
        this.date = date;
        this.scope = scope;
        this.credential = credential;
        this.keyed = keyed;
    }

    static SigningKey of(long epochDay, String region, String accessKeyId, String secretAccessKey) {
        String date = DateTimeFormatter.BASIC_ISO_DATE.format(LocalDate.ofEpochDay(epochDay));
        String scope = date + "/" + region + "/s3/aws4_request";
        byte[] key = ("AWS4" + secretAccessKey).getBytes(StandardCharsets.UTF_8);
        for (String part : scope.split("/")) {
            key = keyed(key).doFinal(part.getBytes(StandardCharsets.UTF_8));
        }
        return new SigningKey(epochDay, date, scope, UriEncoding.encode(accessKeyId + "/" + scope), keyed(key));
    }

    long epochDay() {
        return epochDay;
    }

    /** Such as {@code 20261121}. */
    String date() {
        return date;
    }

    /** Such as {@code 20261121/eu-central-1/s3/aws4_request}. */
    String scope() {
        return scope;
    }

    /** The access key id and the scope, encoded for a query. */
    String credential() {
        return credential;
    }

    /**
     * Each call works on a copy: a copy costs a fraction of making a Mac, and a thread-local one would die with its
     * virtual thread after a single use.
     */
    byte[] sign(String text) {
        try {
            Mac copy = (Mac) keyed.clone();
            return copy.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's HmacSHA256 can be copied", e);
        }
    }

    private static Mac keyed(byte[] key) {
        return HmacUtils.getInitializedMac(HmacAlgorithms.HMAC_SHA_256, key);
    }
}
