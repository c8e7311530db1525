using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ExpertPanel.Server.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class LettersToAnAddress : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_letters_ToAddress_SentAt",
                table: "letters",
                columns: new[] { "ToAddress", "SentAt" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_letters_ToAddress_SentAt",
                table: "letters");
        }
    }
}
