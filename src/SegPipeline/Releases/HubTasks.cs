namespace SegPipeline.Releases;

/// <summary>The tasks that Hugging Face knows, any other of which it warns of.</summary>
/// <remarks>The list: https://huggingface.co/tasks, by the ids of <c>packages/tasks</c> of huggingface.js.</remarks>
internal static class HubTasks
{
    private static readonly HashSet<string> Ids = new(
    [
        "any-to-any", "audio-classification", "audio-text-to-text", "audio-to-audio", "automatic-speech-recognition",
        "depth-estimation", "document-question-answering", "feature-extraction", "fill-mask", "graph-ml",
        "image-classification", "image-feature-extraction", "image-segmentation", "image-text-to-image",
        "image-text-to-text", "image-text-to-video", "image-to-3d", "image-to-image", "image-to-text", "image-to-video",
        "keypoint-detection", "mask-generation", "multiple-choice", "object-detection", "other", "question-answering",
        "reinforcement-learning", "robotics", "sentence-similarity", "summarization", "table-question-answering",
        "table-to-text", "tabular-classification", "tabular-regression", "tabular-to-text", "text-classification",
        "text-generation", "text-ranking", "text-retrieval", "text-to-3d", "text-to-audio", "text-to-image",
        "text-to-speech", "text-to-video", "time-series-forecasting", "token-classification", "translation",
        "unconditional-image-generation", "video-classification", "video-text-to-text", "video-to-video",
        "visual-document-retrieval", "visual-question-answering", "voice-activity-detection",
        "zero-shot-classification", "zero-shot-image-classification", "zero-shot-object-detection",
    ], StringComparer.Ordinal);

    /// <summary>True for a task that is known there.</summary>
    public static bool Has(string task) => Ids.Contains(task);
}
