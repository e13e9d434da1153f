package dev.smsrunner.batch;

import javax.sql.DataSource;
import org.springframework.batch.core.repository.dao.JacksonExecutionContextStringSerializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

/** Beans of the job repository besides the data source. */
@Configuration(proxyBeanMethods = false)
class JobRepositoryConfiguration {

    @Bean
    PlatformTransactionManager transactionManager(DataSource dataSource) {
        return new JdbcTransactionManager(dataSource);
    }

    @Bean
    JacksonExecutionContextStringSerializer executionContextSerializer() {
        // The default serializer creates any java.util object named in the stored text; contexts hold texts and
        // numbers only.
        var plain = BasicPolymorphicTypeValidator.builder()
                .allowIfSubType(Number.class)
                .build();
        return new JacksonExecutionContextStringSerializer(
                JsonMapper.builder().activateDefaultTyping(plain).build());
    }
}
