package dev.waybill.connectors.azure;

import dev.waybill.connectors.SourceContract;
import dev.waybill.connectors.azure.FakeAzure.Credentials;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Azure Blob Storage meets the contract, with each type of credentials. */
@ParameterizedClass(name = "{0}")
@EnumSource(Credentials.class)
class AzureSourceTests extends SourceContract {

    private final AzureElsewhere elsewhere;

    AzureSourceTests(Credentials credentials) {
        this.elsewhere = AzureElsewhere.create(credentials, UnaryOperator.identity());
    }

    @AfterEach
    void close() {
        elsewhere.close();
    }

    @Override
    protected Elsewhere elsewhere() {
        return elsewhere;
    }
}
