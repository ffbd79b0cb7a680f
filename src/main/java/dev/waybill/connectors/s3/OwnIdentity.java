package dev.waybill.connectors.s3;

import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/** What the service itself is to AWS: its instance's or container's role, or what its environment names. */
record OwnIdentity(AwsCredentialsProvider own) implements S3Keys {

    @Override
    public AwsCredentials resolveCredentials() {
        return own.resolveCredentials();
    }

    @Override
    public boolean renew(int session) {
        return false;
    }

    @Override
    public void close() {
        // It is everybody's.
    }
}
