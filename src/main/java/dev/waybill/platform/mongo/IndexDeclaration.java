package dev.waybill.platform.mongo;

import java.util.List;
import org.springframework.data.mongodb.core.index.IndexDefinition;

/** The indexes of one collection; each room has one as a bean. They are created at start-up where they are missing. */
public interface IndexDeclaration {

    String collection();

    List<IndexDefinition> indexes();
}
