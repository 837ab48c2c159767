using System.Globalization;

namespace PerfTests.Reporting.Allure;

/// <summary>CI pipeline that a run was part of, in Allure's format.</summary>
/// <param name="Name">Name of the CI system.</param>
/// <param name="Type">Kind of CI system, for which Allure has an icon.</param>
/// <param name="Url">Address of the server.</param>
/// <param name="BuildOrder">
/// Time at which the pipeline started, in UTC, as digits: year, month, day, hour, minute, second. A later pipeline has a larger number.
/// Numbers of pipelines do not tell the order, because they begin at 1 again if a job is created again or a project is imported.
/// </param>
/// <param name="BuildName">Name of the pipeline.</param>
/// <param name="BuildUrl">Address of the job.</param>
internal sealed record PipelineExecutor(string Name, string Type, string? Url, long BuildOrder, string BuildName, string? BuildUrl)
{
    /// <summary>Largest Unix time that .NET can represent.</summary>
    private const long MaxMilliseconds = 253_402_300_799_999;

    /// <summary>Returns the pipeline that this process runs in; null outside a pipeline.</summary>
    public static PipelineExecutor? Current() => Of(Environment.GetEnvironmentVariable, DateTimeOffset.UtcNow);

    /// <summary>Returns the pipeline that environment variables describe; null if they describe none.</summary>
    /// <param name="variable">Returns the value of an environment variable.</param>
    /// <param name="now">Current time, which stands for the start of a pipeline that does not give it, such as on GitHub.</param>
    public static PipelineExecutor? Of(Func<string, string?> variable, DateTimeOffset now) => variable switch
    {
        _ when variable("GITLAB_CI") == "true" => new PipelineExecutor(
            "GitLab CI",
            "gitlab",
            variable("CI_SERVER_URL"),
            Order(Time(variable("CI_PIPELINE_CREATED_AT")) ?? now),
            $"{variable("CI_PROJECT_PATH") ?? "pipeline"} {variable("CI_PIPELINE_IID")}, "
                + $"{variable("CI_JOB_NAME")} on {variable("CI_COMMIT_REF_NAME")}",
            variable("CI_JOB_URL") ?? variable("CI_PIPELINE_URL")),
        _ when variable("GITHUB_ACTIONS") == "true" => new PipelineExecutor(
            "GitHub Actions",
            "github",
            variable("GITHUB_SERVER_URL"),
            Order(now),
            $"{variable("GITHUB_WORKFLOW")} {variable("GITHUB_RUN_NUMBER")}, {variable("GITHUB_JOB")} on {variable("GITHUB_REF_NAME")}",
            $"{variable("GITHUB_SERVER_URL")}/{variable("GITHUB_REPOSITORY")}/actions/runs/{variable("GITHUB_RUN_ID")}"),
        _ when variable("JENKINS_URL") is { Length: > 0 } url => new PipelineExecutor(
            "Jenkins",
            "jenkins",
            url,
            Order(Milliseconds(variable("STARTED")) ?? now), // the Jenkinsfile sets STARTED
            $"{variable("JOB_NAME")} {variable("BUILD_NUMBER")}",
            variable("BUILD_URL")),
        _ => null,
    };

    private static long Order(DateTimeOffset start) =>
        long.Parse(start.UtcDateTime.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    private static DateTimeOffset? Milliseconds(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= MaxMilliseconds
            ? DateTimeOffset.FromUnixTimeMilliseconds(number)
            : null;
}
