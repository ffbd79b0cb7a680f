package dev.waybill.auth;

import dev.waybill.platform.mongo.IndexDeclaration;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.index.IndexDefinition;

/** The indexes of users and keys. Organizations are only ever read by their id. */
@Configuration(proxyBeanMethods = false)
class AuthIndexes {

    private record Declared(String collection, List<IndexDefinition> indexes) implements IndexDeclaration {}

    @Bean
    IndexDeclaration userIndexes() {
        return new Declared(
                "users",
                List.of(new Index()
                        .named("organization_newest")
                        .on("organization_id", Direction.ASC)
                        .on("created_at", Direction.DESC)));
    }

    @Bean
    IndexDeclaration apiKeyIndexes() {
        return new Declared(
                "api_keys",
                List.of(
                        new Index()
                                .named("key_hash")
                                .on("key_hash", Direction.ASC)
                                .unique(),
                        new Index()
                                .named("name_claim")
                                .on("name_claim", Direction.ASC)
                                .unique(),
                        new Index()
                                .named("organization_user_newest")
                                .on("organization_id", Direction.ASC)
                                .on("user_id", Direction.ASC)
                                .on("created_at", Direction.DESC)));
    }
}
