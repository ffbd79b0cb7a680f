package dev.waybill.connectors.s3;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;

/**
 * Credentials of a customer's IAM role, assumed with the service's own identity; sessions are renewed before they
 * expire.
 */
final class AssumedRole implements S3Keys {

    private final StsClient sts;
    private final AssumeRoleRequest request;
    private @Nullable StsAssumeRoleCredentialsProvider sessions;
    private int renewals;

    /** @param sts closed together with it */
    AssumedRole(StsClient sts, String role, String externalId, int sessionSeconds) {
        this.sts = sts;
        this.request = AssumeRoleRequest.builder()
                .roleArn(role)
                .externalId(externalId)
                .roleSessionName("waybill")
                .durationSeconds(sessionSeconds)
                .build();
    }

    @Override
    public AwsCredentials resolveCredentials() {
        return sessions().resolveCredentials();
    }

    private synchronized StsAssumeRoleCredentialsProvider sessions() {
        if (sessions == null) {
            sessions = StsAssumeRoleCredentialsProvider.builder()
                    .stsClient(sts)
                    .refreshRequest(request)
                    .build();
        }
        return sessions;
    }

    @Override
    public synchronized int session() {
        return renewals;
    }

    @Override
    public synchronized boolean renew(int session) {
        if (session == renewals) {
            renewals++;
            end();
        }
        return true;
    }

    private void end() {
        if (sessions != null) {
            sessions.close();
            sessions = null;
        }
    }

    @Override
    public synchronized void close() {
        end();
        sts.close();
    }
}
