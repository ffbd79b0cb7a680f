package dev.waybill.connectors.s3;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/** Credentials of requests to an S3 store: static keys by default, or renewable sessions. */
@FunctionalInterface
interface S3Keys extends AwsCredentialsProvider, AutoCloseable {

    /** Static keys. */
    static S3Keys of(String id, String secret, @Nullable String token) {
        AwsCredentials keys = token == null
                ? AwsBasicCredentials.create(id, secret)
                : AwsSessionCredentials.create(id, secret, token);
        return () -> keys;
    }

    /** The number of the session: another one after each renewal. */
    default int session() {
        return 0;
    }

    /**
     * Renews them after the store rejected these; unless another rejected call has renewed them meanwhile.
     *
     * @param session of the rejected keys
     * @return whether the request may be retried
     */
    default boolean renew(int session) {
        return false;
    }

    @Override
    default void close() {}
}
