package dev.waybill.connectors.s3;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/** Who asks a store: keys that are for ever the same, unless they say otherwise. */
@FunctionalInterface
interface S3Keys extends AwsCredentialsProvider, AutoCloseable {

    /** Keys that somebody gave. */
    static S3Keys of(String id, String secret, @Nullable String token) {
        AwsCredentials keys = token == null
                ? AwsBasicCredentials.create(id, secret)
                : AwsSessionCredentials.create(id, secret, token);
        return () -> keys;
    }

    /** Which keys these are: another number after each renewal. */
    default int session() {
        return 0;
    }

    /**
     * Gets others, after the store refused these; unless somebody who was refused as well has got others meanwhile.
     *
     * @param session of those that were refused
     * @return whether it may be asked again
     */
    default boolean renew(int session) {
        return false;
    }

    @Override
    default void close() {}
}
