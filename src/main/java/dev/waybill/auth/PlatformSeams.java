package dev.waybill.auth;

import dev.waybill.platform.redis.RedisGate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.core.StringRedisTemplate;

/** Spring configuration of what this module uses of the platform; tests replace it with their own. */
@Configuration(proxyBeanMethods = false)
class PlatformSeams {

    @Bean
    SharedCounter sharedCounter(RedisGate gate, StringRedisTemplate redis) {
        return new RedisCounter(gate::read, redis);
    }
}
