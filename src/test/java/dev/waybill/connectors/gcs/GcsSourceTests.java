package dev.waybill.connectors.gcs;

import dev.waybill.connectors.SourceContract;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;

/** Google Cloud Storage meets the contract. */
class GcsSourceTests extends SourceContract {

    private final GcsElsewhere elsewhere = GcsElsewhere.create(UnaryOperator.identity());

    @AfterEach
    void close() {
        elsewhere.close();
    }

    @Override
    protected Elsewhere elsewhere() {
        return elsewhere;
    }
}
