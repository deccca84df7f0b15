# Leadline for a cluster: no embedded server in the jar (profile "cluster"), only its addresses from the environment.
FROM eclipse-temurin:25-jdk AS build
WORKDIR /leadline
COPY .mvn .mvn
COPY mvnw pom.xml ./
COPY src src
RUN ./mvnw -B -ntp -Pcluster -Dmaven.test.skip package \
 && cp target/leadline-*.jar leadline.jar

FROM eclipse-temurin:25-jre
RUN useradd --system --home-dir /leadline leadline
WORKDIR /leadline
COPY --from=build /leadline/leadline.jar leadline.jar
COPY bpmn bpmn
COPY forms forms
COPY knowledge knowledge
USER leadline
EXPOSE 8080
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=70", "-jar", "leadline.jar"]
